# SPDX-License-Identifier: Apache-2.0
"""Kezek's Connect protocol tried with curl's means, connectrpc and buf, each answer compared with that of its own protocol.

    connect.py KEZEK FOLDER PROGRAMS

FOLDER is for what is written, PROGRAMS has buf. As OpenAPI describes it, it is tried by schemathesis.
"""
import base64, gzip, http.client, json, os, pathlib, subprocess, sys, urllib.parse, uuid

import clients
from clients import CORPUS, FIGURES, Server, expect, fields, generate, methods

LANGUAGES = {2: "ru", 3: "en"}


class Door:
    """One connection of HTTP/1.1."""

    def __init__(self, address):
        self.line = http.client.HTTPConnection(address, timeout=60)

    def ask(self, method, path, headers=None, body=None):
        self.line.request(method, path, body=body, headers=headers or {})
        answer = self.line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def examples():
    """The fuzzer's examples of requests with what they ask: the path, the parts, the bytes."""
    table = methods()
    for path in sorted(CORPUS.glob("example-*")):
        parts = fields(path.read_bytes())
        field = next((number for number, _ in parts if number in table), None)
        if field is None or table[field][1] in FIGURES | {"accept_clock"}:
            continue
        values = dict(parts)
        if not isinstance(values[field], bytes) or not isinstance(values.get(1, 0), int):
            continue
        if values.get(1, 0) == 0 or values.get(3, 0) > 3:
            continue
        yield path, *table[field], values, values[field]


def types(path):
    """What a call is asked and answered with, and whether it is a question."""
    from google.protobuf import descriptor_pool, message_factory
    from google.protobuf.descriptor_pb2 import MethodOptions
    service, _, name = path[1:].partition("/")
    method = descriptor_pool.Default().FindServiceByName(service).FindMethodByName(name)
    made = message_factory.GetMessageClass
    is_question = method.GetOptions().idempotency_level == MethodOptions.NO_SIDE_EFFECTS
    return made(method.input_type), made(method.output_type), is_question


def same_answers(server, door):
    """Every request of the fuzzer's examples over TCP, as JSON and as bytes, and each question by GET."""
    from google.protobuf import json_format
    counts = dict.fromkeys(("JSON", "bytes", "GET", "refused alike"), 0)
    for path, call, name, is_stream, values, message in examples():
        request, reply, is_question = types(call)
        told = dict(fields(server.ask(path.read_bytes())))
        headers = {"accept-language": LANGUAGES.get(values.get(3, 0), "kk")}
        if 4 in values and not is_question:
            if len(values[4]) != 16:
                continue
            headers["idempotency-key"] = str(uuid.UUID(bytes=values[4]))
        elif not is_question:
            continue
        if 5 in values:
            headers["kezek-proof-bin"] = base64.b64encode(values[5]).decode()
        try:
            asked = request.FromString(message)
            text = json_format.MessageToJson(asked, indent=None)
        except Exception:
            # What is no UTF-8 cannot be said in JSON.
            continue
        if getattr(asked, "watch", False) or (is_stream and "watch" not in request.DESCRIPTOR.fields_by_name):
            continue
        ways = [("JSON", "POST", call, {"content-type": "application/json"}, text.encode()),
                ("bytes", "POST", call, {"content-type": "application/proto"}, message)]
        if is_question:
            query = urllib.parse.urlencode({"encoding": "json", "connect": "v1", "message": text})
            if len(query) < 6000:
                ways.append(("GET", "GET", f"{call}?{query}", {}, None))
        for way, method, target, more, body in ways:
            status, found, data = door.ask(method, target, headers | more, body)
            if 2 in told:
                refusal = dict(fields(told[2]))
                error = json.loads(data)
                value = error["details"][0]["value"]
                expect(base64.b64decode(value + "=" * (-len(value) % 4)) == told[2], f"{path.name} ({name}, {way}): {error}")
                expect(error["message"].encode() == refusal.get(3, b""), f"{path.name}: {error}")
                expect(400 <= status < 600 and found["content-type"] == "application/json", f"{path.name}: {status}")
                counts["refused alike"] += 1
                continue
            expect(status == 200, f"{path.name} ({name}, {way}): {status} {data[:300]} and {told}")
            right = next((value for number, value in told.items() if number > 3), None)
            if way == "bytes":
                expect(data == right, f"{path.name} ({name}): {data} and {right}")
            else:
                expect(json.loads(data) == json_format.MessageToDict(reply.FromString(right)), f"{path.name} ({name})")
            counts[way] += 1
    expect(counts["JSON"] > 60, counts)
    print("as over TCP: " + ", ".join(f"{count} {what}" for what, count in counts.items()))


def refusals(door):
    """What concerns HTTP and the protocol."""
    office = b'{"office":"astana-1"}'
    plain = {"content-type": "application/json", "accept-language": "en"}
    def status(*asked):
        code, headers, body = door.ask(*asked)
        return code, headers, json.loads(body) if headers.get("content-type") == "application/json" else body
    code, _, error = status("POST", "/kezek.v1.Queue/Nothing", plain, b"{}")
    expect(code == 404 and error["code"] == "unimplemented", error)
    code, headers, _ = status("GET", "/kezek.v1.Queue/Hold")
    expect(code == 405 and headers["allow"] == "POST", code)
    code, headers, _ = status("DELETE", "/kezek.v1.Queue/Office")
    expect(code == 405 and headers["allow"] == "GET, POST", code)
    code, headers, _ = status("POST", "/kezek.v1.Queue/Office", {"content-type": "text/xml"}, b"<a/>")
    expect(code == 415 and "application/json" in headers["accept-post"], code)
    code, headers, error = status("POST", "/kezek.v1.Queue/Office", plain | {"content-encoding": "br"}, office)
    expect(code == 501 and headers["accept-encoding"] == "gzip, identity", error)
    code, _, error = status("POST", "/kezek.v1.Queue/Office", plain, b'{"offise":"a"}')
    expect(code == 400 and error["details"][0]["debug"]["field"] == "offise", error)
    code, _, error = status("POST", "/kezek.v1.Queue/CallNext", plain, office)
    expect(code == 400 and error["details"][0]["debug"]["field"] == "idempotency-key", error)
    code, _, error = status("POST", "/kezek.v1.Queue/Office", plain, b"[" * 1_000_000)
    expect(code == 400, error)
    bomb = gzip.compress(b" " * 50_000_000)
    code, _, error = status("POST", "/kezek.v1.Queue/Office", plain | {"content-encoding": "gzip"}, bomb)
    expect(code == 400 and "gzip" in error["message"], error)
    # A key of the caller's own is the same command, too.
    taken = [status("POST", "/kezek.v1.Queue/TakeTicket", plain | {"idempotency-key": "kiosk 7, ticket 12"},
                    b'{"office":"astana-1","service":"acceptance"}') for _ in range(2)]
    expect(taken[0][0] == 200 and taken[0][2] == taken[1][2], taken)
    print("refusals by HTTP's statuses, with fields; a command twice is one")


def connectrpc(server):
    """The client of connectrpc, which packs by gzip, asks by GET and reads streams."""
    from connectrpc.client import ConnectClientSync
    from connectrpc.code import Code
    from connectrpc.compat import google_protobuf_binary_codec, google_protobuf_json_codec
    from connectrpc.errors import ConnectError
    from connectrpc.method import IdempotencyLevel, MethodInfo, StreamType
    from kezek.v1 import queue_pb2
    def method(name, asked, told, level, kind=StreamType.UNARY):
        return MethodInfo(name=name, service_name="kezek.v1.Queue", input=asked, output=told, idempotency_level=level,
                          stream_type=kind)
    question, command = IdempotencyLevel.NO_SIDE_EFFECTS, IdempotencyLevel.UNKNOWN
    office = method("Office", queue_pb2.OfficeRequest, queue_pb2.OfficeReply, question)
    take = method("TakeTicket", queue_pb2.TakeTicketRequest, queue_pb2.TicketReceipt, command) \
        if hasattr(queue_pb2, "TicketReceipt") else None
    board = method("Board", queue_pb2.BoardRequest, queue_pb2.BoardReply, question, StreamType.SERVER_STREAM)
    for codec in (google_protobuf_binary_codec(), google_protobuf_json_codec()):
        with ConnectClientSync(f"http://{server.web}", codec=codec) as client:
            english = {"accept-language": "en"}
            asked = queue_pb2.OfficeRequest(office="astana-1")
            posted = client.execute_unary(request=asked, method=office, headers=english)
            got = client.execute_unary(request=asked, method=office, headers=english, use_get=True)
            expect(posted == got and posted.ByteSize() > 100, posted)
            try:
                client.execute_unary(request=queue_pb2.OfficeRequest(office="nowhere"), method=office, headers=english)
                expect(False, "there is no such office")
            except ConnectError as error:
                expect(error.code == Code.NOT_FOUND and "nowhere" in error.message, error)
                expect(len(error.details) == 1, error.details)
            stream = client.execute_server_stream(
                request=queue_pb2.BoardRequest(office="astana-1"), method=board, headers=english)
            expect(len(list(stream)) == 1, "a board that is not watched is told once")
            stream = client.execute_server_stream(
                request=queue_pb2.BoardRequest(office="astana-1", watch=True), method=board, headers=english)
            first = next(stream)
            door = Door(server.web)
            status, _, body = door.ask(
                "POST", "/kezek.v1.Queue/TakeTicket",
                {"content-type": "application/json", "idempotency-key": str(uuid.uuid4())},
                b'{"office":"astana-1","service":"acceptance"}')
            expect(status == 200, body)
            expect(next(stream).revision > first.revision, "the board goes on")
            stream.close()
            try:
                list(client.execute_server_stream(
                    request=queue_pb2.BoardRequest(office="nowhere"), method=board, headers=english))
                expect(False, "there is no such office")
            except ConnectError as error:
                expect(error.code == Code.NOT_FOUND, error)
    print("connectrpc: gzip, GET, a stream, refusals, as bytes and as JSON")


def buf(server, folder):
    done = subprocess.run(
        [str(clients.PROGRAMS / "buf"), "curl", "--protocol", "connect", "--schema", str(clients.ROOT / "Protos"), "-H",
         "accept-language: en", "-d", '{"office": "nowhere"}', f"http://{server.web}/kezek.v1.Queue/Office"],
        capture_output=True, text=True, cwd=folder)
    expect(done.returncode != 0 and '"not_found"' in done.stdout + done.stderr, done)
    expect("REASON_UNKNOWN_OFFICE" in done.stdout + done.stderr, done)
    print("buf curl: a refusal with its details")


def openapi(server, door, folder, minutes):
    status, headers, data = door.ask("GET", "/openapi.json")
    expect(status == 200 and headers["content-type"] == "application/json", status)
    from openapi_spec_validator import validate
    document = json.loads(data)
    validate(document)
    print(f"OpenAPI: {len(document['paths'])} paths, valid")
    if minutes <= 0:
        return
    done = subprocess.run(
        [str(clients.PROGRAMS / "schemathesis"), "run", f"http://{server.web}/openapi.json", "--seed", "1",
         "--max-time", str(int(minutes * 60)), "--checks",
         "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method"],
        capture_output=True, text=True, cwd=folder)
    print("\n".join(done.stdout.splitlines()[-25:]))
    expect(done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:])


def main(kezek, folder):
    generate(folder)
    server = Server(kezek, folder)
    try:
        for office in ("astana-corporation", "almaty-provider"):
            server.run("office", "import", f"Examples/offices/{office}.yaml")
        door = Door(server.web)
        same_answers(server, door)
        refusals(door)
        connectrpc(server)
        buf(server, folder)
        openapi(server, door, folder, float(os.environ.get("KEZEK_SCHEMATHESIS_MINUTES", "2")))
    finally:
        server.stop()
    print("as it should be")


if __name__ == "__main__":
    main(os.path.realpath(sys.argv[1]), pathlib.Path(sys.argv[2]))
