-- What catalogues know of an organisation that is a hospital, pharmacy or clinic.
CREATE TABLE IF NOT EXISTS institutions (
    organisation BIGINT NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    duty TINYINT UNSIGNED NOT NULL,
    level TINYINT UNSIGNED NOT NULL,
    lead BIGINT NULL,
    buys_through BIGINT NULL,
    expires VARCHAR(10) NOT NULL,
    initials VARCHAR(500) NOT NULL,
    PRIMARY KEY (organisation),
    KEY institutions_lead (lead),
    KEY institutions_buys_through (buys_through),
    KEY institutions_expires (expires),
    CONSTRAINT institutions_organisation FOREIGN KEY (organisation) REFERENCES organisations (id),
    CONSTRAINT institutions_lead FOREIGN KEY (lead) REFERENCES organisations (id),
    CONSTRAINT institutions_buys_through FOREIGN KEY (buys_through) REFERENCES organisations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS regions (
    code CHAR(6) NOT NULL,
    level TINYINT UNSIGNED NOT NULL,
    name VARCHAR(200) NOT NULL,
    parent VARCHAR(6) NOT NULL,
    initials VARCHAR(200) NOT NULL,
    own TINYINT(1) NOT NULL,
    PRIMARY KEY (code),
    KEY regions_parent (parent)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS products (
    id BIGINT NOT NULL AUTO_INCREMENT,
    code VARCHAR(64) NOT NULL,
    national_code VARCHAR(14) NOT NULL,
    name VARCHAR(500) NOT NULL,
    spec VARCHAR(500) NOT NULL,
    form VARCHAR(200) NOT NULL,
    pack_units BIGINT NOT NULL,
    supplier VARCHAR(500) NOT NULL,
    price_micro_yuan BIGINT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    initials VARCHAR(500) NOT NULL,
    active TINYINT(1) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY products_code (code),
    KEY products_national_code (national_code)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A year as the program brings it (own 0) and as an administrator entered it (own 1), which stands in front of it.
CREATE TABLE IF NOT EXISTS holiday_years (
    year INT NOT NULL,
    own TINYINT(1) NOT NULL,
    changed_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (year, own)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS holiday_notices (
    year INT NOT NULL,
    own TINYINT(1) NOT NULL,
    notice INT NOT NULL,
    number VARCHAR(100) NOT NULL,
    title VARCHAR(300) NOT NULL,
    published VARCHAR(10) NOT NULL,
    evidence VARCHAR(16) NOT NULL,
    PRIMARY KEY (year, own, notice),
    CONSTRAINT holiday_notices_year FOREIGN KEY (year, own) REFERENCES holiday_years (year, own)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS holidays (
    year INT NOT NULL,
    own TINYINT(1) NOT NULL,
    holiday INT NOT NULL,
    name_zh VARCHAR(100) NOT NULL,
    name_en VARCHAR(100) NOT NULL,
    first_day VARCHAR(10) NOT NULL,
    last_day VARCHAR(10) NOT NULL,
    make_up VARCHAR(500) NOT NULL,
    notice INT NOT NULL,
    PRIMARY KEY (year, own, holiday),
    CONSTRAINT holidays_year FOREIGN KEY (year, own) REFERENCES holiday_years (year, own)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Uploaded tables that were looked at, and their files in pieces.
CREATE TABLE IF NOT EXISTS table_imports (
    id BIGINT NOT NULL AUTO_INCREMENT,
    table_name VARCHAR(64) NOT NULL,
    round VARCHAR(64) NOT NULL,
    hospital VARCHAR(64) NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    bytes BIGINT NOT NULL,
    digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state TINYINT UNSIGNED NOT NULL,
    row_count BIGINT NOT NULL,
    fault_count BIGINT NOT NULL,
    summary MEDIUMTEXT NOT NULL,
    base VARCHAR(64) NOT NULL,
    user BIGINT NOT NULL,
    login VARCHAR(64) NOT NULL,
    organisation BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    accepted_at DATETIME(6) NULL,
    PRIMARY KEY (id),
    KEY table_imports_organisation (organisation, id),
    KEY table_imports_at (at)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS table_import_pieces (
    import BIGINT NOT NULL,
    piece INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (import, piece),
    CONSTRAINT table_import_pieces_import FOREIGN KEY (import) REFERENCES table_imports (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
