-- Moments are UTC. `by_*` is who did it, as they were called then: no foreign keys, for these rows are a record.

CREATE TABLE IF NOT EXISTS stage_deadlines (
    round VARCHAR(64) NOT NULL,
    stage TINYINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    counted_from VARCHAR(10) NOT NULL,
    working_days BIGINT NOT NULL,
    PRIMARY KEY (round, stage),
    KEY stage_deadlines_at (at),
    CONSTRAINT stage_deadlines_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS rulebook_pins (
    round VARCHAR(64) NOT NULL,
    number BIGINT NOT NULL,
    rulebook VARCHAR(64) NOT NULL,
    digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, number),
    CONSTRAINT rulebook_pins_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS round_signatures (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    what VARCHAR(32) NOT NULL,
    digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    remark TEXT NOT NULL,
    PRIMARY KEY (id),
    KEY round_signatures_round (round, id),
    CONSTRAINT round_signatures_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS inquiries (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    text MEDIUMTEXT NOT NULL,
    answer MEDIUMTEXT NOT NULL,
    answered_by_user BIGINT NOT NULL,
    answered_by_organisation BIGINT NOT NULL,
    answered_by_login VARCHAR(64) NOT NULL,
    answered_by_name VARCHAR(500) NOT NULL,
    answered_at DATETIME(6) NULL,
    correction BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    KEY inquiries_round (round, id),
    CONSTRAINT inquiries_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS corrections (
    round VARCHAR(64) NOT NULL,
    number BIGINT NOT NULL,
    digest_before VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    digest_after VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    summary MEDIUMTEXT NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, number),
    CONSTRAINT corrections_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS correction_confirmations (
    round VARCHAR(64) NOT NULL,
    correction BIGINT NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, correction, by_organisation),
    CONSTRAINT correction_confirmations_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS promises (
    round VARCHAR(64) NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    text MEDIUMTEXT NOT NULL,
    PRIMARY KEY (round, by_organisation),
    CONSTRAINT promises_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS qualifications (
    round VARCHAR(64) NOT NULL,
    organisation BIGINT NOT NULL,
    lot VARCHAR(200) NOT NULL,
    state VARCHAR(16) NOT NULL,
    reason TEXT NOT NULL,
    publicised_at DATETIME(6) NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, organisation, lot),
    CONSTRAINT qualifications_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS stage_changes (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    from_stage TINYINT UNSIGNED NOT NULL,
    to_stage TINYINT UNSIGNED NOT NULL,
    at DATETIME(6) NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (id),
    KEY stage_changes_round (round, id),
    CONSTRAINT stage_changes_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS lot_changes (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    lot VARCHAR(200) NOT NULL,
    state VARCHAR(16) NOT NULL,
    reason TEXT NOT NULL,
    into_round VARCHAR(64) NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (id),
    KEY lot_changes_round (round, id),
    CONSTRAINT lot_changes_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS accepted_values (
    round VARCHAR(64) NOT NULL,
    path VARCHAR(200) NOT NULL,
    value TEXT NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, path),
    CONSTRAINT accepted_values_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS documents (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    object VARCHAR(200) NOT NULL,
    name VARCHAR(500) NOT NULL,
    type VARCHAR(100) NOT NULL,
    size_bytes BIGINT NOT NULL,
    digest VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    by_user BIGINT NOT NULL,
    by_organisation BIGINT NOT NULL,
    by_login VARCHAR(64) NOT NULL,
    by_name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (id),
    KEY documents_round (round, kind, object),
    CONSTRAINT documents_round FOREIGN KEY (round) REFERENCES rounds (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- In pieces, so that no statement meets the server's limit of a packet.
CREATE TABLE IF NOT EXISTS document_pieces (
    document BIGINT NOT NULL,
    piece INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (document, piece),
    CONSTRAINT document_pieces_document FOREIGN KEY (document) REFERENCES documents (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
