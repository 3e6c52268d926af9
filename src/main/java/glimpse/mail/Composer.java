package glimpse.mail;

import java.util.Optional;

/** Writes the mails of one kind when their time has come. */
public interface Composer {
    /** The mail to an agent's owner, just before it is sent; none when it is no longer wanted. */
    Optional<Message> compose(long agentSeq);
}
