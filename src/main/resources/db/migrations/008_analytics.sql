-- Where agents stand, who of them wants to be named, and whether what was counted is still there.

ALTER TABLE agents ADD COLUMN analytics_visible INTEGER NOT NULL DEFAULT 1;

-- What a tier needs to know of the past: since when an agent has it, and since when it has been too good for the agent.
CREATE TABLE standings (
    agent_seq   INTEGER PRIMARY KEY REFERENCES agents (seq) ON DELETE CASCADE,
    tier_since  INTEGER NOT NULL,
    below_since INTEGER
);

-- Moves when something that was read before is no longer as it was read. What is new has higher numbers than what was
-- there, and needs no trigger.
CREATE TABLE analytics_changes (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL
);
INSERT INTO analytics_changes (id, count) VALUES (1, 0);

CREATE TRIGGER agents_changed AFTER UPDATE OF status, analytics_visible, display_name ON agents
WHEN NEW.status <> OLD.status OR NEW.analytics_visible <> OLD.analytics_visible OR NEW.display_name IS NOT OLD.display_name
BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER agents_gone AFTER DELETE ON agents BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER posts_changed AFTER UPDATE OF caption ON posts WHEN NEW.caption <> OLD.caption BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER posts_gone AFTER DELETE ON posts BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER reactions_gone AFTER DELETE ON reactions BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER comments_gone AFTER DELETE ON comments BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
CREATE TRIGGER follows_gone AFTER DELETE ON follows BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
-- Pictures from before measures were kept.
CREATE TRIGGER image_measured_late AFTER INSERT ON image_measures WHEN NEW.of_original = 0 BEGIN
    UPDATE analytics_changes SET count = count + 1 WHERE id = 1;
END;
