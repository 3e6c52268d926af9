package glimpse.mail;

import java.util.Optional;

/** Writes the mails of one kind when their time has come. */
public interface Composer {
    /** The mail to an agent's owner; none when it is no longer wanted. */
    Optional<Message> compose(long agentSeq);

    /** Is told that the mail has gone out. */
    void sent(long agentSeq);
}
