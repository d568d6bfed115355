-- What was told, once; its words are a message of the catalogue with arguments, or somebody's own text.
CREATE TABLE IF NOT EXISTS notices (
    id BIGINT NOT NULL AUTO_INCREMENT,
    round VARCHAR(64) NOT NULL,
    kind VARCHAR(32) NOT NULL,
    message_key VARCHAR(100) NOT NULL,
    message_arguments MEDIUMTEXT NOT NULL,
    title VARCHAR(500) NOT NULL,
    text MEDIUMTEXT NOT NULL,
    organisation BIGINT NOT NULL,
    user BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    must_sign TINYINT(1) NOT NULL,
    due DATETIME(6) NULL,
    link VARCHAR(500) NOT NULL,
    once VARCHAR(200) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY notices_once (once),
    KEY notices_organisation (organisation, id),
    KEY notices_round (round)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The audience, one row for each place and role: an organisation (region empty), or a region (organisation 0).
-- Role 0: every role. Whose notices somebody's are is a range of this key.
CREATE TABLE IF NOT EXISTS notice_targets (
    organisation BIGINT NOT NULL,
    region VARCHAR(6) NOT NULL,
    role TINYINT UNSIGNED NOT NULL,
    notice BIGINT NOT NULL,
    PRIMARY KEY (organisation, region, role, notice),
    KEY notice_targets_notice (notice),
    CONSTRAINT notice_targets_notice FOREIGN KEY (notice) REFERENCES notices (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notice_reads (
    user BIGINT NOT NULL,
    notice BIGINT NOT NULL,
    read_at DATETIME(6) NOT NULL,
    PRIMARY KEY (user, notice),
    KEY notice_reads_notice (notice),
    CONSTRAINT notice_reads_notice FOREIGN KEY (notice) REFERENCES notices (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notice_signatures (
    notice BIGINT NOT NULL,
    organisation BIGINT NOT NULL,
    user BIGINT NOT NULL,
    name VARCHAR(500) NOT NULL,
    signed_at DATETIME(6) NOT NULL,
    PRIMARY KEY (notice, organisation),
    CONSTRAINT notice_signatures_notice FOREIGN KEY (notice) REFERENCES notices (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notice_channels (
    user BIGINT NOT NULL,
    email VARCHAR(254) NOT NULL,
    phone VARCHAR(32) NOT NULL,
    webhook VARCHAR(500) NOT NULL,
    webhook_secret VARCHAR(500) NOT NULL,
    kinds VARCHAR(1000) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (user),
    CONSTRAINT notice_channels_user FOREIGN KEY (user) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Notices whose deliveries are not made yet.
CREATE TABLE IF NOT EXISTS notice_unspread (
    notice BIGINT NOT NULL,
    PRIMARY KEY (notice),
    CONSTRAINT notice_unspread_notice FOREIGN KEY (notice) REFERENCES notices (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS notice_deliveries (
    id BIGINT NOT NULL AUTO_INCREMENT,
    notice BIGINT NOT NULL,
    user BIGINT NOT NULL,
    channel TINYINT UNSIGNED NOT NULL,
    address VARCHAR(500) NOT NULL,
    state TINYINT UNSIGNED NOT NULL,
    tries BIGINT NOT NULL,
    next_at DATETIME(6) NOT NULL,
    failure VARCHAR(500) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY notice_deliveries_once (notice, user, channel),
    KEY notice_deliveries_due (state, next_at),
    CONSTRAINT notice_deliveries_notice FOREIGN KEY (notice) REFERENCES notices (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
