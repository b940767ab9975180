#!/usr/bin/env python3
"""Validates a results.json against results.schema.json, and what a schema cannot say: that the counts add up; or another
document against its own schema.

usage: validate.py RESULTS [SCHEMA]     exit codes: 0 valid, 1 not, 2 cannot tell
"""
import json
import pathlib
import sys

OUTCOMES = ["passed", "failed", "warned", "noted", "skipped", "blocked", "error"]


def edition_of(check):
    """The edition of a check; the first version calls it "spec"."""
    return check.get("edition", check["spec"])


def miscounts(results):
    """Yields a sentence for each count that its checks do not bear out, and each body that is named but not kept."""
    def counted(checks):
        return {outcome: sum(check["outcome"] == outcome for check in checks) for outcome in OUTCOMES}

    checks = results["checks"]
    if counted(checks) != results["counts"]:
        yield "the counts are not those of the checks"
    for edition, judged in results["editions"].items():
        if counted([check for check in checks if edition_of(check) == edition]) != judged["counts"]:
            yield f"the counts of {edition} are not those of its checks"
    names = [(edition_of(check), check["id"]) for check in checks]
    if len(set(names)) != len(names):
        yield "a check stands twice in one edition"
    for check in checks:
        if check["requirement"] not in results["requirements"]:
            yield f"{check['id']} names a requirement that is not described"
        if edition_of(check) != check["spec"]:
            yield f"{check['id']} names two editions"
        asked = {exchange["sequence"] for exchange in check["exchanges"]}
        for finding in check["findings"]:
            if not asked.issuperset(finding.get("exchanges", [])):
                yield f"{check['id']} has a finding on an exchange that is not its own"
        for exchange in check["exchanges"]:
            for message in (exchange["request"], exchange.get("response", {})):
                if message.get("body", None) not in (None, *results["bodies"]):
                    yield f"{check['id']} names a body that is not kept: {message['body']}"


def main(arguments):
    try:
        import jsonschema
    except ImportError:
        print("the Debian package python3-jsonschema is missing; scripts/setup test installs it", file=sys.stderr)
        return 2
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    schema_path = arguments[1] if len(arguments) == 2 else pathlib.Path(__file__).with_name("results.schema.json")
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    results = json.loads(pathlib.Path(arguments[0]).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    faults = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:500]}"
              for error in jsonschema.Draft202012Validator(schema).iter_errors(results)]
    if "checks" in results:  # explorations and comparisons have none
        faults = faults or list(miscounts(results))
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
