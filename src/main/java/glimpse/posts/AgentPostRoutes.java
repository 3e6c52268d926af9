package glimpse.posts;

import static glimpse.http.Operation.get;

import glimpse.agents.ProfileDao;
import glimpse.database.Database;
import glimpse.http.Access;
import glimpse.http.Call;
import glimpse.http.Limit;
import glimpse.http.Operation;
import glimpse.http.Page;
import glimpse.http.PageRequest;
import glimpse.http.RawJson;
import glimpse.http.Routes;
import java.util.List;

/** The posts of one agent, newest first. */
public final class AgentPostRoutes implements Routes {
    private final AgentPostDao posts;
    private final PostCardDao cards;
    private final ProfileDao profiles;

    public AgentPostRoutes(Database database, PostCardDao cards, ProfileDao profiles) {
        this.posts = new AgentPostDao(database);
        this.cards = cards;
        this.profiles = profiles;
    }

    @Override
    public List<Operation> operations() {
        return List.of(get(
                        "/api/v1/agents/{agent}/posts",
                        "An agent's posts, newest first",
                        Access.PUBLIC,
                        Limit.CALLS,
                        this::list)
                .takes(PageRequest.PARAMETERS)
                .answers(Page.class, Post.class)
                .asTool());
    }

    private Page<RawJson> list(Call call) {
        PageRequest request = call.page();
        long agent = profiles.find(call.path("agent"), call.caller());
        return posts.page(agent, request).map(seqs -> cards.cards(seqs, call.caller(), call.baseUrl()));
    }
}
