-- One report of one institution in one round. `region` is where it counts; `stored_at` is the database's own clock, by
-- which other processes find what changed.
CREATE TABLE IF NOT EXISTS volume_reports (
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    region CHAR(6) NOT NULL,
    status TINYINT UNSIGNED NOT NULL,
    late TINYINT(1) NOT NULL,
    split TINYINT(1) NOT NULL,
    line_count INT NOT NULL,
    lot_count INT NOT NULL,
    submitted_at DATETIME(6) NULL,
    changed_at DATETIME(6) NOT NULL,
    changed_by BIGINT NOT NULL,
    changed_name VARCHAR(500) NOT NULL,
    stored_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (round, hospital),
    KEY volume_reports_hospital (hospital),
    KEY volume_reports_stored (round, stored_at),
    KEY volume_reports_version (round, version),
    CONSTRAINT volume_reports_round FOREIGN KEY (round) REFERENCES rounds (id),
    CONSTRAINT volume_reports_hospital FOREIGN KEY (hospital) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS volume_lines (
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    position INT NOT NULL,
    lot VARCHAR(200) NOT NULL,
    spec VARCHAR(200) NOT NULL,
    brand VARCHAR(200) NOT NULL,
    units BIGINT NOT NULL,
    cause TINYINT UNSIGNED NOT NULL,
    remark VARCHAR(1000) NOT NULL,
    PRIMARY KEY (round, hospital, position),
    CONSTRAINT volume_lines_report FOREIGN KEY (round, hospital) REFERENCES volume_reports (round, hospital)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a lead's report means for each member; the shares of a line add up to it.
CREATE TABLE IF NOT EXISTS volume_shares (
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    position INT NOT NULL,
    lot VARCHAR(200) NOT NULL,
    spec VARCHAR(200) NOT NULL,
    brand VARCHAR(200) NOT NULL,
    member BIGINT NOT NULL,
    region CHAR(6) NOT NULL,
    units BIGINT NOT NULL,
    PRIMARY KEY (round, hospital, position),
    KEY volume_shares_member (member),
    CONSTRAINT volume_shares_report FOREIGN KEY (round, hospital) REFERENCES volume_reports (round, hospital),
    CONSTRAINT volume_shares_member FOREIGN KEY (member) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Never changed after it was written.
CREATE TABLE IF NOT EXISTS volume_steps (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    step TINYINT UNSIGNED NOT NULL,
    status_before TINYINT UNSIGNED NOT NULL,
    status_after TINYINT UNSIGNED NOT NULL,
    user BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    login VARCHAR(64) NOT NULL,
    name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    remark VARCHAR(1000) NOT NULL,
    document BIGINT NOT NULL,
    PRIMARY KEY (id),
    KEY volume_steps_report (round, hospital),
    CONSTRAINT volume_steps_report FOREIGN KEY (round, hospital) REFERENCES volume_reports (round, hospital)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS volume_history (
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    position INT NOT NULL,
    lot VARCHAR(200) NOT NULL,
    spec VARCHAR(200) NOT NULL,
    brand VARCHAR(200) NOT NULL,
    year SMALLINT NOT NULL,
    units BIGINT NOT NULL,
    PRIMARY KEY (round, hospital, position),
    CONSTRAINT volume_history_round FOREIGN KEY (round) REFERENCES rounds (id),
    CONSTRAINT volume_history_hospital FOREIGN KEY (hospital) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS volume_late_filings (
    round VARCHAR(64) NOT NULL,
    hospital BIGINT NOT NULL,
    until_at DATETIME(6) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    user BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    name VARCHAR(500) NOT NULL,
    at DATETIME(6) NOT NULL,
    PRIMARY KEY (round, hospital),
    CONSTRAINT volume_late_filings_round FOREIGN KEY (round) REFERENCES rounds (id),
    CONSTRAINT volume_late_filings_hospital FOREIGN KEY (hospital) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
