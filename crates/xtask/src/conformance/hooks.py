"""Gives Schemathesis things that exist, and notes what every operation answered.

Requests that are meant to be refused stay as they were made. In the others, ids, numbers and ETags are replaced by real
ones, because invented ones would end in 404 and 412 before the interesting part begins; a command goes to a release
that allows it now, if there is one; and every second body is one that the founding of the company has sent to the same
operation.
"""

import copy
import json
import os
import random
import re
import threading

import requests
import schemathesis

BASE = os.environ["FABU_URL"] + "/api/v1"
PROTECTED = set(os.environ["FABU_PROTECTED"].split(","))
TOKENS = [os.environ["FABU_TOKEN"], os.environ["FABU_READER"]]
ANSWERS = open(os.environ["FABU_ANSWERS"], "a", encoding="utf-8")
LOCK = threading.Lock()
CHOICE = random.Random(1)

with open(os.environ["FABU_REQUESTS"], encoding="utf-8") as file:
    SENT = json.load(file)

# Names of fields that hold ids, by the collection the ids come from.
FIELDS = {
    "users": "assignee user_id head deputy_head principal deputy stakeholders must_include responsible person decider "
    "owner performed_by value member_id owner_id",
    "departments": "departments department_id",
    "service-objects": "service_objects service_object service_object_id",
    "changes": "changes change_id",
    "customers": "customer_id",
}
COLLECTION = {field: name for name, fields in FIELDS.items() for field in fields.split()}
# Operations that are named otherwise than the command they give.
COMMANDS = {"save_document_draft": "save_draft", "add_comment": "comment"}
# Optional references that no invented value can satisfy.
EMPTIED = {"attachments": [], "on_behalf_of": None}


def get(path):
    for token in TOKENS:
        answer = requests.get(BASE + path, headers={"Authorization": "Bearer " + token}, timeout=30)
        if answer.status_code == 200:
            return answer
    return None


def items(path):
    answer = get(path)
    return answer.json().get("items", []) if answer is not None else []


def known():
    things = {
        "users": [user["id"] for user in items("/users?limit=100") if user["login"] not in PROTECTED],
        "releases": [release["number"] for release in items("/releases?limit=100")],
        "tasks": [task["id"] for task in items("/tasks?everybody=true&limit=100") or items("/tasks?limit=100")],
        "quarters": [quarter["quarter"] for quarter in items("/reports/kpi")],
    }
    for name in ("departments", "service-objects", "changes", "customers", "approvals", "deputies"):
        things[name] = [thing["id"] for thing in items(f"/{name}?limit=100")]
    return things


THINGS = known()


def pick(name):
    return CHOICE.choice(THINGS[name]) if THINGS.get(name) else None


def below(number, collection):
    """The id of something that belongs to a release."""
    path = f"/releases/{number}/{collection}"
    if path not in THINGS:
        THINGS[path] = [thing["id"] for thing in items(path)]
    return pick(path)


def step(number):
    path = f"/releases/{number}/run-sheet"
    if path not in THINGS:
        THINGS[path] = sorted(set(re.findall(r'"key":"([^"]+)"', get(path).text))) if get(path) is not None else []
    return pick(path)


def allowing(operation):
    """The number of a release that allows this command to this role now."""
    command = COMMANDS.get(operation, operation)
    numbers = list(THINGS["releases"])
    CHOICE.shuffle(numbers)
    for number in numbers:
        answer = requests.get(f"{BASE}/releases/{number}", headers={"Authorization": "Bearer " + TOKENS[0]}, timeout=30)
        actions = answer.json().get("actions", []) if answer.status_code == 200 else []
        if any(action["name"] == command and action["allowed"] for action in actions):
            return number
    return None


def place(template, parameters, operation=None):
    """Real values for the path parameters."""
    found = dict(parameters)
    if "number" in found:
        found["number"] = (operation and allowing(operation)) or pick("releases") or found["number"]
    for name in found:
        collection = re.search(r"/([a-z-]+)/\{" + name + r"\}", template).group(1)
        if name in ("id", "unit_id"):
            value = below(found["number"], collection) if "number" in found else pick(collection)
            found[name] = value or found[name]
        elif name == "step":
            found[name] = step(found["number"]) or found[name]
        elif name == "revision":
            found[name] = 1
        elif name == "quarter":
            found[name] = pick("quarters") or found[name]
    return found


def real(value, field=None, number=None):
    """The same body with ids of things that exist."""
    if isinstance(value, dict):
        return {key: real(inner, key, number) for key, inner in value.items()}
    if field in EMPTIED:
        return EMPTIED[field]
    if isinstance(value, list):
        return [real(inner, field, number) for inner in value]
    if field in ("unit_id", "case_id") and number:
        return below(number, "units" if field == "unit_id" else "test-cases") or value
    if field in COLLECTION and isinstance(value, str):
        return pick(COLLECTION[field]) or value
    return value


def sent_before(case, number):
    """A body that was once right for this operation, preferably for this release."""
    pattern = re.compile(re.sub(r"\{[a-z_]+\}", "[^/]+", case.path))
    same = [sent for sent in SENT if sent["method"] == case.method.upper() and pattern.fullmatch(sent["path"])]
    here = [sent for sent in same if sent["path"] == case.formatted_path]
    near = [sent for sent in same if number and f"/{number}/" in sent["path"]]
    fitting = here or near or same
    return copy.deepcopy(CHOICE.choice(fitting)["body"]) if fitting else None


def version(path):
    """The ETag of what lies at the path or above it."""
    while path.count("/") > 0:
        answer = get(path)
        if answer is not None and "ETag" in answer.headers:
            return answer.headers["ETag"]
        path = path.rpartition("/")[0]
    return None


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    parameters = dict(case.path_parameters or {})
    if parameters:
        command = case.operation.definition.raw.get("operationId") if case.method.upper() != "GET" else None
        case.path_parameters = place(case.path, parameters, command)
    if isinstance(case.body, (dict, list)):
        number = (case.path_parameters or {}).get("number")
        body = sent_before(case, number) if CHOICE.random() < 0.5 else None
        case.body = body or real(case.body, number=number)
    if isinstance(case.query, dict):
        case.query = {name: real(value, name) for name, value in case.query.items()}
    if case.headers and "If-Match" in case.headers:
        found = version(case.formatted_path.removeprefix("/api/v1"))
        if found:
            case.headers["If-Match"] = found


@schemathesis.hook
def after_call(context, case, response):
    with LOCK:
        ANSWERS.write(json.dumps({"operation": case.operation.label, "status": response.status_code}) + "\n")
        ANSWERS.flush()
