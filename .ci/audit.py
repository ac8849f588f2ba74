"""Known vulnerabilities of locked packages, as far as the service that knows them answers.

    python .ci/audit.py [ACCEPTED ...] -- LOCK ...

1 when a locked version has a vulnerability that is not accepted. What could not be asked is said and is no failure: no
answer says nothing about a package.
"""

import json
import subprocess
import sys
from pathlib import Path

COMMAND = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


def asked(lock):
    """(dependencies as pip-audit reports them, what it said); None for them when the service did not answer at all."""
    command = [str(Path(sys.executable).with_name("pip-audit")), *COMMAND, "-r", lock]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    try:
        return json.loads(run.stdout)["dependencies"], run.stderr
    except (ValueError, KeyError):
        return None, run.stderr


def judged(dependencies, accepted):
    """(lines on what is vulnerable and not accepted, names that could not be asked for)."""
    bad = [f"{each['name']} {each['version']}: {found['id']}, fixed in: {', '.join(found['fix_versions']) or 'none'}"
           for each in dependencies for found in each.get("vulns", ())
           if not {found["id"], *found["aliases"]} & set(accepted)]
    return bad, [each["name"] for each in dependencies if "skip_reason" in each]


def audit(lock, accepted):
    """Print what is known of one lock; whether nothing speaks against it."""
    dependencies, said = asked(lock)
    if dependencies is None:
        reason = (said.strip().splitlines() or ["no answer"])[-1]
        print(f"{lock}: NOT CHECKED, as the service of vulnerabilities does not answer ({reason:.200})")
        return True
    bad, unknown = judged(dependencies, accepted)
    left = f"; NOT CHECKED, as the service does not know them: {len(unknown)}" if unknown else ""
    print(f"{lock}: {len(dependencies) - len(unknown)} packages checked, {len(bad)} vulnerable{left}", *bad, sep="\n  ")
    return not bad


def main(*arguments):
    """0 when nothing is known to be vulnerable."""
    end = arguments.index("--")
    return int(not all([audit(lock, arguments[:end]) for lock in arguments[end + 1:]]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
