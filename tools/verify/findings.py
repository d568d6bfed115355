"""What a check of a certificate can find."""

import json


class Unchecked(Exception):
    """A check that could not be made. Arguments: why, in Chinese and in English."""


class Different(Exception):
    """What a check found. Arguments: the first difference, in Chinese and in English."""


def shown(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."


def differ(zh, en, claimed, found):
    raise Different(f"{zh}：证书为 {shown(claimed)}，重算为 {shown(found)}", f"{en}: {shown(claimed)} in the certificate, {shown(found)} recomputed")
