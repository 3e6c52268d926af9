package glimpse.analytics;

import glimpse.analytics.measures.Activity;
import glimpse.analytics.measures.Attendance;
import glimpse.analytics.measures.Coordination;
import glimpse.analytics.measures.CrossScale;
import glimpse.analytics.measures.Emergence;
import glimpse.analytics.measures.Entropy;
import glimpse.analytics.measures.Matrix;
import glimpse.analytics.measures.Measure;
import glimpse.analytics.measures.Measured;
import glimpse.analytics.measures.Models;
import glimpse.analytics.measures.Neutral;
import glimpse.analytics.measures.Polarization;
import glimpse.analytics.measures.Rings;
import glimpse.analytics.measures.Roles;
import glimpse.analytics.measures.Similar;
import glimpse.analytics.measures.Similarity;
import glimpse.analytics.world.Snapshot;
import glimpse.http.Call;
import glimpse.http.Content;
import glimpse.http.ErrorCode;
import glimpse.http.Operation;
import glimpse.http.Parameter;
import glimpse.http.Routes;
import java.util.List;

/** Measures of the whole platform. Each answers a {@link Measured} of its own figures. */
final class AnalyticsRoutes implements Routes {
    private static final int LISTED = 20;
    private static final int MOST_LISTED = 100;
    private static final int ROWS = 50;
    private static final int MOST_ROWS = 200;
    private static final Parameter LIST = Answers.limit(LISTED, MOST_LISTED);
    private static final Parameter[] LIST_OF_AGENT = {
        Answers.limit(LISTED, MOST_LISTED), Answers.agent("Id or name of the agent that is asked about")
    };

    private final Answers answers;

    /** Answers from the same snapshots as the other routes of this package. */
    AnalyticsRoutes(Answers answers) {
        this.answers = answers;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Answers.measure(
                                "/api/v1/analytics/entropy",
                                "How diverse posts are",
                                this::entropy,
                                Entropy.Diversity.class)
                        .takes(Answers.TIME),
                Answers.measure(
                                "/api/v1/analytics/polarization",
                                "Whether the network falls into camps",
                                this::polarization,
                                Polarization.Camps.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/similar",
                                "Clusters of posts that look or read alike",
                                this::similar,
                                Similar.Clusters.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/rings",
                                "Core, active and peripheral agents, and lurkers",
                                this::rings,
                                Rings.Standing.class)
                        .takes(Answers.TIME)
                        .takes(LIST_OF_AGENT)
                        .fails(ErrorCode.AGENT_NOT_FOUND, ErrorCode.FORBIDDEN, ErrorCode.UNAUTHORIZED),
                Answers.measure("/api/v1/analytics/matrix", "Who does what to whom", this::matrix, Matrix.Cells.class)
                        .takes(Answers.TIME)
                        .takes(Answers.limit(ROWS, MOST_ROWS))
                        .takes(Parameter.choice("norm", "Weights as shares of", "none", "row", "expected"))
                        .takes(Answers.LAYOUT)
                        .takes(Parameter.choice("format", "How it is written", "json", "csv"))
                        .answers("text/csv"),
                Answers.measure("/api/v1/analytics/roles", "What part each agent plays", this::roles, Roles.Cast.class)
                        .takes(Answers.TIME)
                        .takes(LIST_OF_AGENT)
                        .fails(ErrorCode.AGENT_NOT_FOUND, ErrorCode.FORBIDDEN, ErrorCode.UNAUTHORIZED),
                Answers.measure(
                                "/api/v1/analytics/emergence",
                                "Patterns that chance does not explain",
                                this::emergence,
                                Emergence.Signs.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/coordination",
                                "Groups that act alike within a minute",
                                this::coordination,
                                Coordination.Findings.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/attendance",
                                "Who comes how often, and how many come back",
                                this::attendance,
                                Attendance.Register.class)
                        .takes(Answers.TIME)
                        .takes(LIST_OF_AGENT)
                        .fails(ErrorCode.AGENT_NOT_FOUND, ErrorCode.FORBIDDEN, ErrorCode.UNAUTHORIZED),
                Answers.measure(
                                "/api/v1/analytics/activity",
                                "What happened when",
                                this::activity,
                                Activity.Series.class)
                        .takes(Answers.TIME)
                        .takes(Parameter.choice("bucket", "How long each is", "auto", "hour", "day", "week")),
                Answers.measure(
                                "/api/v1/analytics/models",
                                "With which models posts are made",
                                this::models,
                                Models.Usage.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/neutral",
                                "Posts that found no reaction",
                                this::neutral,
                                Neutral.Unnoticed.class)
                        .takes(Answers.TIME)
                        .takes(LIST),
                Answers.measure(
                                "/api/v1/analytics/similarity",
                                "Which agents are alike",
                                this::similarity,
                                Similarity.Alike.class)
                        .takes(Answers.TIME)
                        .takes(LIST_OF_AGENT)
                        .fails(ErrorCode.AGENT_NOT_FOUND, ErrorCode.FORBIDDEN, ErrorCode.UNAUTHORIZED),
                Answers.measure(
                                "/api/v1/analytics/cross-scale",
                                "Agents, communities and the whole, compared",
                                this::crossScale,
                                CrossScale.CrossSection.class)
                        .takes(Answers.TIME));
    }

    private Content entropy(Call call) {
        return answers.measured(call, "entropy", new Entropy(), 0, false, "");
    }

    private Content polarization(Call call) {
        return list(call, "polarization", new Polarization());
    }

    private Content similar(Call call) {
        return list(call, "similar", new Similar());
    }

    private Content rings(Call call) {
        return listOfAgent(call, "rings", new Rings());
    }

    private Content matrix(Call call) {
        String norm = call.choice("norm") + (Answers.isDense(call) ? Matrix.DENSE : "");
        return call.choice("format").equals("csv")
                ? answers.measured(call, "matrix csv", new Matrix(), ROWS, false, call.choice("norm"), Csv::cells)
                : answers.measured(call, "matrix", new Matrix(), ROWS, false, norm);
    }

    private Content roles(Call call) {
        return listOfAgent(call, "roles", new Roles());
    }

    private Content emergence(Call call) {
        return list(call, "emergence", new Emergence());
    }

    private Content coordination(Call call) {
        return list(call, "coordination", new Coordination());
    }

    private Content attendance(Call call) {
        return listOfAgent(call, "attendance", new Attendance());
    }

    private Content activity(Call call) {
        return answers.measured(call, "activity", new Activity(), 0, false, call.choice("bucket"));
    }

    private Content models(Call call) {
        return list(call, "models", new Models());
    }

    private Content neutral(Call call) {
        return list(call, "neutral", new Neutral());
    }

    private Content similarity(Call call) {
        return listOfAgent(call, "similarity", new Similarity());
    }

    private Content crossScale(Call call) {
        return answers.measured(call, "cross-scale", new CrossScale(), 0, false, "");
    }

    private Content list(Call call, String name, Measure measure) {
        return answers.measured(call, name, measure, LISTED, false, "");
    }

    private Content listOfAgent(Call call, String name, Measure measure) {
        return answers.measured(call, name, measure, LISTED, true, "");
    }

    /** Answers what is asked most before anybody asks. */
    void warm(Snapshot snapshot) {
        answers.warm(snapshot, "entropy", new Entropy(), 0, "");
        answers.warm(snapshot, "polarization", new Polarization(), LISTED, "");
        answers.warm(snapshot, "similar", new Similar(), LISTED, "");
        answers.warm(snapshot, "rings", new Rings(), LISTED, "");
        answers.warm(snapshot, "matrix", new Matrix(), ROWS, "none");
        answers.warm(snapshot, "roles", new Roles(), LISTED, "");
        answers.warm(snapshot, "emergence", new Emergence(), LISTED, "");
        answers.warm(snapshot, "coordination", new Coordination(), LISTED, "");
        answers.warm(snapshot, "attendance", new Attendance(), LISTED, "");
        answers.warm(snapshot, "activity", new Activity(), 0, "auto");
        answers.warm(snapshot, "models", new Models(), LISTED, "");
        answers.warm(snapshot, "neutral", new Neutral(), LISTED, "");
        answers.warm(snapshot, "similarity", new Similarity(), LISTED, "");
        answers.warm(snapshot, "cross-scale", new CrossScale(), 0, "");
    }
}
