#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what OpenAPI 3.1 says of the calls over HTTP, from the .proto files and their comments.

    openapi.py SET ROOT [--check]   Sources/KezekConnect/Generated/OpenAPI.swift

SET is a serialised FileDescriptorSet with imports and source information. Paths are those of the Connect protocol, and
messages are described as they are written: a client may also send the other forms that ProtoJSON has.
"""
import json, re, sys

from google.protobuf import descriptor_pb2

import declared

Proto = descriptor_pb2.FieldDescriptorProto
QUESTION = descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS
PACKAGE = ".kezek.v1."
NUMBERS = {
    Proto.TYPE_INT32: (-2**31, 2**31 - 1), Proto.TYPE_SINT32: (-2**31, 2**31 - 1),
    Proto.TYPE_SFIXED32: (-2**31, 2**31 - 1), Proto.TYPE_UINT32: (0, 2**32 - 1), Proto.TYPE_FIXED32: (0, 2**32 - 1)}
SIGNED = (Proto.TYPE_INT64, Proto.TYPE_SINT64, Proto.TYPE_SFIXED64)
UNSIGNED = (Proto.TYPE_UINT64, Proto.TYPE_FIXED64)
# What may become of any call, by HTTP's statuses; 405 is told of methods that are not described.
REFUSALS = {
    "400": "The request, a field or the state of things does not allow it: `invalid_argument`, `failed_precondition`, `out_of_range`.",
    "401": "There is no token, or one that lets nobody in: `unauthenticated`.",
    "403": "The role or the office of the token does not allow it, or the host or origin is not on the list.",
    "404": "There is nothing of this name: `not_found`.",
    "405": "The method is none of the call.",
    "408": "The body did not come in time.",
    "409": "It is there already: `already_exists`.",
    "413": "The body is larger than a message may be.",
    "415": "The type of the body is none of the call.",
    "421": "The host is not on the list.",
    "429": "There are too many calls; `retry-after` says when to come again: `resource_exhausted`.",
    "431": "The headers are larger than they may be.",
    "501": "The compression is not known: `unimplemented`.",
    "503": "The server cannot answer now: `unavailable`.",
    "504": "The time of `Connect-Timeout-Ms` has passed: `deadline_exceeded`."}
# What each response of this service is, beside what it says.
ABOUT = """Deadlines, electronic queue and home visits of state services, by the Connect protocol: each call is a POST \
with a message as JSON (ProtoJSON), and each question also a GET with the message in `message`. Dates are days since \
1970-01-01, times are seconds since midnight, lists of many things are columns of equal length. Numbers of 64 bits are \
texts, bytes are base64. A field that is not there is 0, empty, or none.

Of a command `Idempotency-Key` says which it is: sent again under the same key it is carried out once, and answered \
the same. Paths below `/v1` are plain: parameters and answers as `kezek rpc` has them, and events for pages. Calls that go on telling what changes are asked with `application/connect+json`; asked with \
`application/json` they are answered once."""


# Plain questions: the path, what it tells, and its parameters, those with a star required.
DATE, MOMENT = {"type": "string", "format": "date"}, {"type": "string", "examples": ["2026-03-19T10:20"]}
TEXT, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0, "maximum": 4294967295}
PLAIN = [
    ("offices", "Every office of the queue", {}),
    ("hours", "Whether an office works at a moment, and its next opening", {
        "standard*": TEXT, "office*": TEXT, "at*": MOMENT, "asKnownOn": DATE}),
    ("slots", "The slots of a service on some dates", {
        "office*": TEXT, "service*": TEXT, "channel": {"type": "string"}, "fromDay*": DATE, "toDay*": DATE}),
    ("first-free", "The first free slots of a service", {
        "office*": TEXT, "service*": TEXT, "channel": {"type": "string"}, "from*": MOMENT, "count*": NUMBER}),
    ("wait", "The expected wait of a ticket, or of who comes now for a service", {
        "office*": TEXT, "ticket": TEXT, "service": TEXT}),
    ("board", "The board of an office", {"office*": TEXT, "since": NUMBER, "day": DATE}),
    ("due", "When something is due", {
        "standard*": TEXT, "channel*": TEXT, "start*": MOMENT, "outsideReception": TEXT, "asKnownOn": DATE, "proof": TEXT}),
    ("calendar", "What each day of a month is; or from a date to another", {
        "calendar.calendar*": TEXT, "calendar.week": TEXT, "calendar.asKnownOn": DATE, "month": {
            "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}, "fromDay": DATE, "toDay": DATE}),
    ("status", "Where an application stands", {"application*": {"type": "string", "examples": ["astana-1/2026-03-19/17"]}}),
    ("board/events", "The board of an office as it changes", {"office*": TEXT}),
    ("working-list/events", "The working list of an office as it changes", {"office*": TEXT, "within": NUMBER, "all": {"type": "boolean"}}),
    ("visit-plan/events", "The plan of an area's visits as it changes", {"area*": TEXT}),
    ("health/events", "Whether the server can answer, as it changes", {})]


class Declared:
    def __init__(self, data):
        self.set, pool = declared.read(data)
        self.option = {
            name: pool.FindExtensionByName(f"kezek.{name}") for name in ("call", "personal")}
        self.schemas, self.paths = {}, {}
        for file in self.set.file:
            if file.package == PACKAGE[1:-1]:
                self.take(file)

    def take(self, file):
        comments = {tuple(at.path): text(at.leading_comments) for at in file.source_code_info.location}
        for index, enum in enumerate(file.enum_type):
            self.enum("", enum, (5, index), comments)
        for index, message in enumerate(file.message_type):
            self.message("", message, (4, index), comments)
        for s, service in enumerate(file.service):
            for m, method in enumerate(service.method):
                self.call(service, method, comments.get((6, s, 2, m), ""))

    # Messages.

    def enum(self, prefix, enum, path, comments):
        told = [comments.get(path, "")]
        for index, value in enumerate(enum.value):
            said = comments.get(path + (2, index), "")
            if said:
                told.append(f"`{value.name}`: {said}")
        self.schemas[prefix + enum.name] = described(
            {"type": "string", "enum": [value.name for value in enum.value]}, " ".join(filter(None, told)))

    def message(self, prefix, message, path, comments):
        name = prefix + message.name
        properties = {}
        for index, field in enumerate(message.field):
            said = comments.get(path + (2, index), "")
            if field.HasField("oneof_index") and not field.proto3_optional:
                others = [other.json_name for other in message.field
                          if other.HasField("oneof_index") and other.oneof_index == field.oneof_index and other is not field]
                if 0 < len(others) <= 12:
                    said = " ".join(filter(None, [said, f"Not together with {', '.join(f'`{other}`' for other in others)}."]))
            kind = self.of(field)
            if field.label == Proto.LABEL_REPEATED:
                kind = {"type": "array", "items": kind}
            properties[field.json_name] = described(kind, said)
        self.schemas[name] = described(
            {"type": "object", "properties": properties, "additionalProperties": False}, comments.get(path, ""))
        for index, enum in enumerate(message.enum_type):
            self.enum(name + ".", enum, path + (4, index), comments)
        for index, inner in enumerate(message.nested_type):
            self.message(name + ".", inner, path + (3, index), comments)

    def of(self, field):
        kind = field.type
        if kind in (Proto.TYPE_MESSAGE, Proto.TYPE_ENUM):
            return reference(field.type_name)
        if kind in NUMBERS:
            low, high = NUMBERS[kind]
            return {"type": "integer", "minimum": low, "maximum": high}
        if kind in SIGNED:
            return {"type": "string", "format": "int64", "pattern": "^-?[0-9]{1,19}$"}
        if kind in UNSIGNED:
            return {"type": "string", "format": "uint64", "pattern": "^[0-9]{1,20}$"}
        if kind == Proto.TYPE_BYTES:
            return {"type": "string", "contentEncoding": "base64", "pattern": "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"}
        if kind == Proto.TYPE_STRING:
            return {"type": "string"}
        if kind == Proto.TYPE_BOOL:
            return {"type": "boolean"}
        sys.exit(f"{field.name}: openapi.py does not know this type")

    # Calls.

    def call(self, service, method, said):
        option = method.options.Extensions[self.option["call"]]
        is_question = method.options.idempotency_level == QUESTION
        request, reply = reference(method.input_type), reference(method.output_type)
        only_streams = method.server_streaming and "watch" not in self.schemas[local(method.input_type)]["properties"]
        roles = ", ".join(option.roles)
        told = said if said.endswith(".") else said + "."
        told += f"\n\nWho may: {roles}."
        if method.server_streaming and not only_streams:
            told += " With `watch` it goes on as a stream, for which the body is `application/connect+json`."
        common = {"tags": [service.name], "summary": re.split(r"[:;(.]", said)[0].strip(), "description": told}
        headers = [parameter("Accept-Language"), parameter("Connect-Timeout-Ms")]
        if option.personal:
            headers.append(parameter("Kezek-Proof"))
        if not is_question:
            headers.insert(0, parameter("Idempotency-Key"))
        if only_streams:
            stream = {"application/connect+json": {"schema": {"type": "string", "contentEncoding": "binary"}}}
            post = {"requestBody": {"required": True, "content": stream},
                    "responses": responses({"description": "Messages in envelopes, and the end.", "content": stream})}
        else:
            post = {"requestBody": {"required": True, "content": {"application/json": {"schema": request}}},
                    "responses": responses({"description": "What it is answered with.",
                                            "content": {"application/json": {"schema": reply}}})}
        item = {"post": {"operationId": f"{service.name}_{method.name}", **common, "parameters": headers, **post}}
        if is_question and not only_streams:
            message = {"name": "message", "in": "query", "required": True,
                       "description": "What is asked, as JSON.", "content": {"application/json": {"schema": request}}}
            encoding = {"name": "encoding", "in": "query", "schema": {"const": "json"}}
            item["get"] = {"operationId": f"{service.name}_{method.name}_get", **common,
                           "parameters": [message, encoding] + headers, "responses": post["responses"]}
        self.paths[f"/kezek.v1.{service.name}/{method.name}"] = item


def text(comment):
    return " ".join(comment.split())


def local(name):
    return name.removeprefix(PACKAGE)


def reference(name):
    return {"$ref": f"#/components/schemas/{local(name)}"}


def parameter(name):
    return {"$ref": f"#/components/parameters/{name}"}


def described(schema, said):
    return {"description": said, **schema} if said else schema


def responses(right):
    return {"200": right, **{status: {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}}


def plain():
    """The paths of plain questions."""
    found = {}
    for path, said, parameters in PLAIN:
        listed = [{"name": name.rstrip("*"), "in": "query", "required": name.endswith("*"), "schema": schema}
                  for name, schema in parameters.items()] + [parameter("Accept-Language")]
        if path == "status":
            listed.append(parameter("Kezek-Applicant"))
        if path.endswith("/events"):
            if path != "health/events":
                listed.append(parameter("Last-Event-ID"))
            right = {"description": "Server-sent events; `id` is what to go on from.",
                     "content": {"text/event-stream": {"schema": {"type": "string"}}}}
        else:
            right = {"description": "JSON as `kezek rpc` prints it: dates are 2026-03-19, columns are rows.",
                     "content": {"application/json": {"schema": {"type": "object"}}}}
        told = responses(right)
        told["304"] = {"description": "What `If-None-Match` names is what would be told."}
        found[f"/v1/{path}"] = {"get": {
            "operationId": "plain_" + re.sub(r"\W", "_", path), "tags": ["plain"], "summary": said, "parameters": listed,
            "responses": told}}
    return found


def components(schemas):
    def header(name, said, schema, required=False):
        return {"name": name, "in": "header", "required": required, "description": said, "schema": schema}
    error = {
        "type": "object", "required": ["code"], "description": "Why a call was refused, as the Connect protocol has it.",
        "properties": {
            "code": {"type": "string", "enum": [
                "canceled", "unknown", "invalid_argument", "deadline_exceeded", "not_found", "already_exists",
                "permission_denied", "resource_exhausted", "failed_precondition", "aborted", "out_of_range",
                "unimplemented", "internal", "unavailable", "data_loss", "unauthenticated"]},
            "message": {"type": "string", "description": "A sentence for people, in the language that was asked for."},
            "details": {"type": "array", "items": {
                "type": "object", "required": ["type", "value"], "properties": {
                    "type": {"type": "string", "const": "kezek.v1.Status"},
                    "value": {"type": "string", "description": "The message's bytes in base64 without padding."},
                    "debug": {"$ref": "#/components/schemas/Status"}}}}}}
    told = {"application/json": {"schema": {"$ref": "#/components/schemas/connect.Error"}}}
    return {
        "schemas": {**schemas, "connect.Error": error},
        "parameters": {
            "Idempotency-Key": header(
                "Idempotency-Key", "Which command this is: a UUID, or another text of up to 255 characters of ASCII.",
                {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[A-Za-z0-9._:-]+$"}, True),
            "Accept-Language": header(
                "Accept-Language", "Of the texts in a reply.", {"type": "string", "enum": ["kk", "ru", "en"]}),
            "Connect-Timeout-Ms": header(
                "Connect-Timeout-Ms", "How long the caller waits.",
                {"type": "integer", "minimum": 1, "maximum": 9999999999}),
            "Kezek-Applicant": header(
                "Kezek-Applicant", "Whose application it is, as JSON: `{\"iin\": …}` or `{\"reference\": …}`.",
                {"type": "string"}),
            "Last-Event-ID": header("Last-Event-ID", "The last event that was read.", {"type": "string", "maxLength": 64}),
            "Kezek-Proof": header(
                "Kezek-Proof", "For whom the caller speaks: `kezek.v1.BookingProof` as JSON.", {"type": "string"})},
        "responses": {status: {"description": said, "content": told} for status, said in REFUSALS.items()},
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "As `kezek access issue` gives it out."}}}


def document(told):
    tags = {}
    for file in told.set.file:
        comments = {tuple(at.path): text(at.leading_comments) for at in file.source_code_info.location}
        for s, service in enumerate(file.service):
            tags[service.name] = described({"name": service.name}, comments.get((6, s), ""))
    own = {"get": {"operationId": "openapi", "summary": "This document", "security": [], "responses": {
        "200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}},
        **{status: {"$ref": f"#/components/responses/{status}"} for status in ("403", "405", "421", "429", "431", "503")}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kezek", "version": "v1", "description": ABOUT,
                 "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}], "security": [{"token": []}, {}],
        "tags": list(tags.values()) + [{"name": "plain", "description": "Plain JSON for pages and portals."}],
        "paths": {**told.paths, **plain(), "/openapi.json": own}, "components": components(told.schemas)}


def lines(value, depth=0):
    """JSON with a line for each path and each schema, so that a change shows."""
    if depth < 2 and isinstance(value, dict) and value:
        inner = ",\n".join(f"{json.dumps(key)}:{lines(part, depth + 1)}" for key, part in value.items())
        return "{\n" + inner + "}"
    if depth == 2 and isinstance(value, dict) and len(json.dumps(value)) > 4000:
        inner = ",\n".join(f"{json.dumps(key)}:{lines(part, depth + 1)}" for key, part in value.items())
        return "{" + inner + "}"
    return json.dumps(value, separators=(",", ":"))


def main(path, root, check=None):
    with open(path, "rb") as file:
        told = lines(document(Declared(file.read())))
    if '"""' in told or "\\#" in told:
        sys.exit("the document has what cannot stand in Swift's text as it is")
    source = f'''// SPDX-License-Identifier: Apache-2.0
// Generated by Protos/generate.sh from kezek/v1.
// swift-format-ignore-file

/// What OpenAPI 3.1 says of the calls over HTTP.
public enum OpenAPI {{
    public static let text: StaticString = #"""
{told}
"""#
}}
'''
    declared.write({"Sources/KezekConnect/Generated/OpenAPI.swift": source}, root, check)


if __name__ == "__main__":
    main(*sys.argv[1:])
