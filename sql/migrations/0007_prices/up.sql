-- What price linkage needs of a product beside its row in the catalogue.
CREATE TABLE IF NOT EXISTS price_products (
    product BIGINT NOT NULL,
    content_mg VARCHAR(32) NOT NULL,
    material VARCHAR(200) NOT NULL,
    maker VARCHAR(500) NOT NULL,
    variety VARCHAR(500) NOT NULL,
    evaluated TINYINT(1) NOT NULL,
    originator TINYINT(1) NOT NULL,
    replaces VARCHAR(500) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (product),
    CONSTRAINT price_products_product FOREIGN KEY (product) REFERENCES products (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Rows are only ever added. document_key is a digest of the document: the unique key recognises the same entry twice.
CREATE TABLE IF NOT EXISTS price_observations (
    id BIGINT NOT NULL AUTO_INCREMENT,
    product BIGINT NOT NULL,
    region CHAR(6) NOT NULL,
    source TINYINT UNSIGNED NOT NULL,
    effective_from DATE NOT NULL,
    pack_price_micro_yuan BIGINT NOT NULL,
    document_key BIGINT NOT NULL,
    revision TINYINT UNSIGNED NOT NULL,
    effective_to DATE NULL,
    status TINYINT UNSIGNED NOT NULL,
    evaluated TINYINT(1) NOT NULL,
    pack_units INT NOT NULL,
    content_mg VARCHAR(32) NOT NULL,
    document VARCHAR(200) NOT NULL,
    collected_by VARCHAR(200) NOT NULL,
    collected_on DATE NULL,
    entered_by BIGINT NOT NULL,
    recorded_at DATETIME(6) NOT NULL,
    import BIGINT NOT NULL,
    corrects BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY price_observations_entry
        (product, region, source, effective_from, pack_price_micro_yuan, document_key, revision),
    KEY price_observations_region (region),
    KEY price_observations_import (import),
    CONSTRAINT price_observations_product FOREIGN KEY (product) REFERENCES products (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was done to observations; rows are only ever added.
CREATE TABLE IF NOT EXISTS price_events (
    id BIGINT NOT NULL AUTO_INCREMENT,
    observation BIGINT NOT NULL,
    kind TINYINT UNSIGNED NOT NULL,
    user BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    reason VARCHAR(1000) NOT NULL,
    PRIMARY KEY (id),
    KEY price_events_observation (observation, id),
    CONSTRAINT price_events_observation FOREIGN KEY (observation) REFERENCES price_observations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where the events leave an observation now, for lists; of those without a row nothing was ever done.
CREATE TABLE IF NOT EXISTS price_marks (
    observation BIGINT NOT NULL,
    excluded TINYINT(1) NOT NULL,
    review TINYINT UNSIGNED NOT NULL,
    hold_reason VARCHAR(32) NOT NULL,
    slip VARCHAR(32) NOT NULL,
    median_unit_micro_yuan BIGINT NULL,
    suggested_micro_yuan BIGINT NULL,
    suggested_units BIGINT NULL,
    corrected BIGINT NOT NULL,
    PRIMARY KEY (observation),
    KEY price_marks_review (review, observation),
    CONSTRAINT price_marks_observation FOREIGN KEY (observation) REFERENCES price_observations (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS price_purchases (
    product BIGINT NOT NULL,
    month INT NOT NULL,
    hospital VARCHAR(64) NOT NULL,
    packs BIGINT NOT NULL,
    PRIMARY KEY (product, month, hospital),
    KEY price_purchases_month (month),
    CONSTRAINT price_purchases_product FOREIGN KEY (product) REFERENCES products (id)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which column of a table each title of a source's files fills.
CREATE TABLE IF NOT EXISTS column_mappings (
    table_name VARCHAR(64) NOT NULL,
    source VARCHAR(100) NOT NULL,
    user BIGINT NOT NULL,
    at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (table_name, source)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS column_mapping_titles (
    table_name VARCHAR(64) NOT NULL,
    source VARCHAR(100) NOT NULL,
    position INT NOT NULL,
    title VARCHAR(500) NOT NULL,
    column_name VARCHAR(64) NOT NULL,
    PRIMARY KEY (table_name, source, position),
    CONSTRAINT column_mapping_titles_mapping
        FOREIGN KEY (table_name, source) REFERENCES column_mappings (table_name, source)
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
