"""Hospitals with a reporter who has logged in, made by SQL: a thousand log-ins would only measure argon2."""

import hashlib
import uuid


def make_hospitals(test, count):
    """[(code, session cookie)]; the CSRF token of each session is "csrf". `test` has `sql`."""
    test.sql(f"INSERT INTO organisations (code, name, kind, region, active, version) SELECT CONCAT('H2301', 5000000 + seq), "
             f"CONCAT('医院', seq), 3, '230103', 1, 1 FROM seq_1_to_{count}")
    ids = [line.split("\t") for line in test.sql("SELECT id, code FROM organisations WHERE code LIKE 'H23015%' AND name LIKE "
                                                 "'医院%' ORDER BY id").splitlines()][:count]
    statements, keys = [], []
    for organisation, code in ids:
        cookie = uuid.uuid4().hex
        digest = hashlib.sha256(cookie.encode()).hexdigest()
        keys.append((code, cookie))
        statements.append(
            f"INSERT INTO users (login, name, organisation, password_hash, old_password_hashes, password_set_at, "
            f"must_change_password, second_factor_secret, second_factor_confirmed, second_factor_used_step, failures, language, "
            f"active, version) VALUES ('b{organisation}', '报量员', {organisation}, '', '', UTC_TIMESTAMP(6), 0, '', 0, 0, 0, "
            f"'zh', 1, 1); INSERT INTO user_roles SELECT id, 8 FROM users WHERE login = 'b{organisation}'; INSERT INTO sessions "
            f"SELECT '{digest}', 'csrf', id, 0, '127.0.0.1', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 "
            f"HOUR FROM users WHERE login = 'b{organisation}';")
    test.sql("".join(statements))
    return keys
