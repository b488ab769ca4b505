namespace Decnet.Fleet.Sqlite.Storage;

/// <summary>The tables of the store, as the steps that lead from one version to the next. A published step never changes.</summary>
internal static class Schema
{
    /// <summary>Marks the file as Decnet's: <c>DCNT</c> (SQLite, <c>PRAGMA application_id</c>).</summary>
    internal const int ApplicationId = 0x44434E54;

    internal static IReadOnlyList<string> Migrations { get; } = [Version1, Version2, Version3, Version4];

    // STRICT tables came with SQLite 3.37, which is newer than the bundled engine, so the types are checked one by one.
    // json_valid is left out: newer engines refuse it in a schema that is not trusted.
    // Times are texts of fixed width in UTC: they sort as they are, and can be read in any tool.
    const string Version1 =
        """
        CREATE TABLE deckies (
            host_id     TEXT NOT NULL CHECK (typeof(host_id) = 'text' AND length(host_id) BETWEEN 1 AND 63),
            name        TEXT NOT NULL CHECK (typeof(name) = 'text' AND length(name) BETWEEN 1 AND 63),
            ip          TEXT NOT NULL CHECK (typeof(ip) = 'text'),
            services    TEXT NOT NULL CHECK (typeof(services) = 'text'),
            config      TEXT NOT NULL CHECK (typeof(config) = 'text'),
            config_hash TEXT NOT NULL CHECK (typeof(config_hash) = 'text'),
            state       TEXT NOT NULL CHECK (state IN ('pending', 'running', 'degraded', 'failed', 'torn_down', 'tearing_down', 'teardown_failed')),
            reason      TEXT CHECK (typeof(reason) IN ('text', 'null')),
            last_seen   TEXT CHECK (last_seen IS NULL OR length(last_seen) = 28),
            updated_at  TEXT NOT NULL CHECK (length(updated_at) = 28),
            revision    INTEGER NOT NULL CHECK (typeof(revision) = 'integer' AND revision >= 1),
            PRIMARY KEY (host_id, name)
        );

        CREATE TABLE used_revisions (highest INTEGER NOT NULL CHECK (typeof(highest) = 'integer'));
        INSERT INTO used_revisions VALUES (0);

        CREATE TRIGGER deckies_never_repeat_a_revision AFTER DELETE ON deckies
        BEGIN
            UPDATE used_revisions SET highest = OLD.revision WHERE highest < OLD.revision;
        END;

        CREATE TABLE operations (
            id           TEXT NOT NULL PRIMARY KEY CHECK (typeof(id) = 'text' AND length(id) = 36),
            host_id      TEXT NOT NULL CHECK (typeof(host_id) = 'text' AND length(host_id) BETWEEN 1 AND 63),
            decky_name   TEXT NOT NULL CHECK (typeof(decky_name) = 'text' AND length(decky_name) BETWEEN 1 AND 63),
            kind         TEXT NOT NULL CHECK (kind IN ('deploy', 'mutate', 'teardown')),
            status       TEXT NOT NULL CHECK (status IN ('pending', 'running', 'succeeded', 'failed')),
            error        TEXT CHECK (error IS NULL OR (typeof(error) = 'text' AND length(error) <= 2000)),
            attempt      INTEGER NOT NULL CHECK (typeof(attempt) = 'integer' AND attempt >= 1),
            created_at   TEXT NOT NULL CHECK (length(created_at) = 28),
            started_at   TEXT CHECK (started_at IS NULL OR length(started_at) = 28),
            updated_at   TEXT NOT NULL CHECK (length(updated_at) = 28),
            completed_at TEXT CHECK (completed_at IS NULL OR length(completed_at) = 28),
            deadline     TEXT NOT NULL CHECK (length(deadline) = 28)
        );

        CREATE UNIQUE INDEX operations_open ON operations (host_id, decky_name) WHERE status IN ('pending', 'running');
        CREATE INDEX operations_of_decky ON operations (host_id, decky_name, created_at);
        CREATE INDEX operations_newest ON operations (created_at);
        CREATE INDEX operations_ended ON operations (completed_at) WHERE status IN ('succeeded', 'failed');

        CREATE TRIGGER operations_end_is_final BEFORE UPDATE ON operations WHEN OLD.status IN ('succeeded', 'failed')
        BEGIN
            SELECT RAISE(ABORT, 'an operation that has ended never changes');
        END;

        CREATE TABLE hosts (
            host_id        TEXT NOT NULL PRIMARY KEY CHECK (typeof(host_id) = 'text' AND length(host_id) BETWEEN 1 AND 63),
            name           TEXT NOT NULL UNIQUE CHECK (typeof(name) = 'text'),
            address        TEXT CHECK (typeof(address) IN ('text', 'null')),
            status         TEXT NOT NULL CHECK (status IN ('enrolled', 'active', 'silent', 'lost')),
            enrolled_at    TEXT NOT NULL CHECK (length(enrolled_at) = 28),
            last_heartbeat TEXT CHECK (last_heartbeat IS NULL OR length(last_heartbeat) = 28)
        );

        CREATE TABLE workers (
            host_id       TEXT NOT NULL CHECK (typeof(host_id) = 'text' AND length(host_id) BETWEEN 1 AND 63),
            name          TEXT NOT NULL CHECK (typeof(name) = 'text'),
            process_id    INTEGER NOT NULL CHECK (typeof(process_id) = 'integer'),
            started_at    TEXT NOT NULL CHECK (length(started_at) = 28),
            last_beat     TEXT NOT NULL CHECK (length(last_beat) = 28),
            last_observed TEXT CHECK (last_observed IS NULL OR length(last_observed) = 28),
            stopped_at    TEXT CHECK (stopped_at IS NULL OR length(stopped_at) = 28),
            PRIMARY KEY (host_id, name)
        );

        CREATE TABLE events (
            seq     INTEGER PRIMARY KEY AUTOINCREMENT,
            time    TEXT NOT NULL CHECK (length(time) = 28),
            topic   TEXT NOT NULL CHECK (typeof(topic) = 'text' AND length(topic) > 0),
            type    TEXT NOT NULL CHECK (typeof(type) = 'text'),
            payload TEXT NOT NULL CHECK (typeof(payload) = 'text')
        );
        """;

    const string Version2 =
        """
        ALTER TABLE operations ADD COLUMN phase TEXT CHECK (phase IS NULL OR phase IN ('network', 'images', 'containers', 'verification'));
        ALTER TABLE operations ADD COLUMN done INTEGER CHECK (typeof(done) IN ('integer', 'null'));
        ALTER TABLE operations ADD COLUMN total INTEGER CHECK (typeof(total) IN ('integer', 'null'));

        -- The empty name stands for all deckies of the host.
        CREATE TABLE suspensions (
            host_id    TEXT NOT NULL CHECK (typeof(host_id) = 'text' AND length(host_id) BETWEEN 1 AND 63),
            decky_name TEXT NOT NULL CHECK (typeof(decky_name) = 'text' AND length(decky_name) <= 63),
            made_by    TEXT NOT NULL CHECK (typeof(made_by) = 'text'),
            made_at    TEXT NOT NULL CHECK (length(made_at) = 28),
            reason     TEXT CHECK (typeof(reason) IN ('text', 'null')),
            PRIMARY KEY (host_id, decky_name)
        );
        """;

    const string Version3 =
        """
        ALTER TABLE hosts ADD COLUMN agent_port INTEGER CHECK (typeof(agent_port) IN ('integer', 'null'));
        ALTER TABLE hosts ADD COLUMN fingerprint TEXT CHECK (typeof(fingerprint) IN ('text', 'null'));
        ALTER TABLE hosts ADD COLUMN next_fingerprint TEXT CHECK (typeof(next_fingerprint) IN ('text', 'null'));
        ALTER TABLE hosts ADD COLUMN agent_version TEXT CHECK (typeof(agent_version) IN ('text', 'null'));
        ALTER TABLE hosts ADD COLUMN last_report INTEGER NOT NULL DEFAULT 0 CHECK (typeof(last_report) = 'integer');
        ALTER TABLE hosts ADD COLUMN trust_version INTEGER NOT NULL DEFAULT 0 CHECK (typeof(trust_version) = 'integer');

        CREATE TABLE enrolments (
            token_hash TEXT NOT NULL PRIMARY KEY CHECK (typeof(token_hash) = 'text' AND length(token_hash) = 64),
            name       TEXT NOT NULL UNIQUE CHECK (typeof(name) = 'text'),
            created_at TEXT NOT NULL CHECK (length(created_at) = 28),
            expires_at TEXT NOT NULL CHECK (length(expires_at) = 28)
        );

        CREATE TABLE counters (
            name  TEXT NOT NULL PRIMARY KEY CHECK (typeof(name) = 'text'),
            value INTEGER NOT NULL CHECK (typeof(value) = 'integer')
        );
        """;

    const string Version4 =
        """
        ALTER TABLE hosts ADD COLUMN last_observed TEXT CHECK (last_observed IS NULL OR length(last_observed) = 28);
        ALTER TABLE operations ADD COLUMN mutation_trigger TEXT CHECK (mutation_trigger IS NULL OR mutation_trigger IN ('operator', 'scheduled'));
        """;
}
