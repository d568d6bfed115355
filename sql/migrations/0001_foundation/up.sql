-- Text is compared byte by byte (utf8mb4_bin); digests and codes of our own are ASCII. Moments are UTC.

CREATE TABLE IF NOT EXISTS organisations (
    id BIGINT NOT NULL AUTO_INCREMENT,
    code VARCHAR(64) NOT NULL,
    name VARCHAR(500) NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    region CHAR(6) NOT NULL,
    parent BIGINT NULL,
    active TINYINT(1) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY organisations_code (code),
    KEY organisations_region (region),
    KEY organisations_parent (parent),
    CONSTRAINT organisations_parent FOREIGN KEY (parent) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS users (
    id BIGINT NOT NULL AUTO_INCREMENT,
    login VARCHAR(64) NOT NULL,
    name VARCHAR(500) NOT NULL,
    organisation BIGINT NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    old_password_hashes TEXT NOT NULL,
    password_set_at DATETIME(6) NOT NULL,
    must_change_password TINYINT(1) NOT NULL,
    second_factor_secret VARCHAR(500) NOT NULL,
    second_factor_confirmed TINYINT(1) NOT NULL,
    second_factor_used_step BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until DATETIME(6) NULL,
    last_login_at DATETIME(6) NULL,
    language VARCHAR(8) NOT NULL,
    active TINYINT(1) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY users_login (login),
    KEY users_organisation (organisation),
    CONSTRAINT users_organisation FOREIGN KEY (organisation) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS user_roles (
    user BIGINT NOT NULL,
    role TINYINT UNSIGNED NOT NULL,
    PRIMARY KEY (user, role),
    KEY user_roles_role (role),
    CONSTRAINT user_roles_user FOREIGN KEY (user) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS sessions (
    id_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    csrf VARCHAR(128) NOT NULL,
    user BIGINT NOT NULL,
    second_factor TINYINT(1) NOT NULL,
    address VARCHAR(64) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    seen_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id_digest),
    KEY sessions_user (user),
    KEY sessions_created (created_at),
    KEY sessions_seen (seen_at),
    KEY sessions_expires (expires_at),
    CONSTRAINT sessions_user FOREIGN KEY (user) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS api_keys (
    id BIGINT NOT NULL AUTO_INCREMENT,
    organisation BIGINT NOT NULL,
    name VARCHAR(500) NOT NULL,
    secret_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    old_secret_digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    old_expires_at DATETIME(6) NULL,
    scopes TEXT NOT NULL,
    roles VARCHAR(255) NOT NULL,
    requests_per_minute BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6) NULL,
    revoked TINYINT(1) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    KEY api_keys_organisation (organisation),
    CONSTRAINT api_keys_organisation FOREIGN KEY (organisation) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Never changed after it was written: no foreign keys that could reach into it, no column for its seal.
CREATE TABLE IF NOT EXISTS audit_entries (
    id BIGINT NOT NULL AUTO_INCREMENT,
    at DATETIME(6) NOT NULL,
    user BIGINT NOT NULL,
    login VARCHAR(64) NOT NULL,
    organisation BIGINT NOT NULL,
    api_key BIGINT NOT NULL,
    address VARCHAR(64) NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    action VARCHAR(64) NOT NULL,
    object VARCHAR(200) NOT NULL,
    result VARCHAR(100) NOT NULL,
    before_json MEDIUMTEXT NOT NULL,
    after_json MEDIUMTEXT NOT NULL,
    PRIMARY KEY (id),
    KEY audit_entries_at (at),
    KEY audit_entries_login (login),
    KEY audit_entries_object (object),
    KEY audit_entries_organisation (organisation)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit_pending (
    entry BIGINT NOT NULL,
    PRIMARY KEY (entry)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit_seals (
    number BIGINT NOT NULL,
    previous CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    first_entry BIGINT NOT NULL,
    last_entry BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    sealed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (number)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit_sealed_entries (
    seal BIGINT NOT NULL,
    position BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (seal, position),
    UNIQUE KEY audit_sealed_entries_entry (entry)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS audit_head (
    id TINYINT NOT NULL,
    number BIGINT NOT NULL,
    hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entries BIGINT NOT NULL,
    PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT IGNORE INTO audit_head (id, number, hash, entries)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

CREATE TABLE IF NOT EXISTS rounds (
    id VARCHAR(64) NOT NULL,
    title VARCHAR(500) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    rulebook VARCHAR(64) NOT NULL,
    stage TINYINT UNSIGNED NOT NULL,
    opening VARCHAR(10) NOT NULL,
    owner BIGINT NULL,
    region CHAR(6) NOT NULL,
    certificate_digest VARCHAR(64) NOT NULL,
    changed_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    KEY rounds_owner (owner),
    CONSTRAINT rounds_owner FOREIGN KEY (owner) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Long files stand in pieces, so that no statement meets the server's limit of a packet.
CREATE TABLE IF NOT EXISTS round_files (
    round VARCHAR(64) NOT NULL,
    path VARCHAR(200) NOT NULL,
    piece INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (round, path, piece),
    CONSTRAINT round_files_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS round_certificates (
    round VARCHAR(64) NOT NULL,
    piece INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (round, piece),
    CONSTRAINT round_certificates_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS round_participants (
    round VARCHAR(64) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    code VARCHAR(200) NOT NULL,
    organisation BIGINT NOT NULL,
    PRIMARY KEY (round, kind, code),
    KEY round_participants_organisation (organisation),
    CONSTRAINT round_participants_round FOREIGN KEY (round) REFERENCES rounds (id),
    CONSTRAINT round_participants_organisation FOREIGN KEY (organisation) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS settings (
    name VARCHAR(100) NOT NULL,
    value MEDIUMTEXT NOT NULL,
    PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS idempotency_keys (
    actor VARCHAR(100) NOT NULL,
    idempotency_key VARCHAR(100) NOT NULL,
    request_digest VARCHAR(64) NOT NULL,
    status BIGINT NOT NULL,
    body MEDIUMTEXT NOT NULL,
    answered_at DATETIME(6) NULL,
    PRIMARY KEY (actor, idempotency_key),
    KEY idempotency_keys_answered (answered_at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
