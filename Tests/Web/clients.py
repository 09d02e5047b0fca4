# SPDX-License-Identifier: Apache-2.0
"""Kezek's gRPC tried with grpcio's stubs, grpcurl and buf, each answer compared with that of its own protocol.

    clients.py KEZEK FOLDER PROGRAMS

FOLDER is for what is written, PROGRAMS has grpcurl and buf.
"""
import json, os, pathlib, re, socket, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "Fuzz/Corpus/requests"
# Their answers differ each time that they are asked.
FIGURES = {"stats"}


def varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def fields(data):
    """The fields of a message by number, a text or message as bytes."""
    found, at = [], 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            size = 8 if tag & 7 == 1 else 4
            value, at = data[at:at + size], at + size
        found.append((tag >> 3, value))
    return found


def written(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


class Server:
    def __init__(self, kezek, folder, *more, store=True):
        self.kezek, self.log = kezek, folder / f"log-{len(more)}-{time.monotonic_ns()}"
        self.environment = dict(os.environ, KEZEK_DATA=str(ROOT), LANG="C.UTF-8")
        own = ["--store", str(folder / f"{self.log.name}.sqlite"), "--create", "--rehearse", "2026-03-19T05:00:00Z",
               "--replan-seconds", "0"] if store else []
        self.process = subprocess.Popen(
            [kezek, "serve", "--listen", "127.0.0.1:0", "--web", "127.0.0.1:0", *own, *more],
            cwd=ROOT, env=self.environment, stderr=open(self.log, "w"))
        self.address, self.web = self.find(is_web=False), self.find(is_web=True)
        self.environment["KEZEK_SERVER"] = self.address

    def find(self, is_web):
        for _ in range(3000):
            for line in self.log.read_text().splitlines():
                found = re.search(r"127\.0\.0\.1:\d+", line)
                if found and "listening" in line and ("listening for HTTP" in line) == is_web:
                    return found.group()
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(self.log.read_text())

    def run(self, *arguments):
        subprocess.run([self.kezek, *arguments], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def ask(self, request):
        """The response to the bytes of a request, by Kezek's own protocol."""
        host, port = self.address.split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall(written(len(request)) + request)
            data = b""
            while True:
                try:
                    length, at = varint(data, 0)
                    if len(data) >= at + length:
                        return data[at:at + length]
                except IndexError:
                    pass
                part = line.recv(65536)
                if not part:
                    sys.exit(f"the server closed after {request.hex()}")
                data += part

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def expect(said, what):
    if not said:
        sys.exit(f"not so: {what}")


def generate(folder):
    """Python's modules of the messages and stubs of the services."""
    from grpc_tools import protoc
    import grpc_tools
    out = folder / "stubs"
    out.mkdir()
    files = sorted(str(path) for path in (ROOT / "Protos/kezek/v1").glob("*.proto")) + [
        str(ROOT / "Protos/kezek/options.proto")]
    include = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    status = protoc.main(["", f"-I{ROOT / 'Protos'}", f"-I{include}", f"--python_out={out}", f"--grpc_python_out={out}",
                          *files])
    expect(status == 0, "the stubs are generated")
    sys.path.insert(0, str(out))


def methods():
    """Each call of the table by the number of its field: its path, its name, and whether it is a stream."""
    from kezek import options_pb2
    from kezek.v1 import service_pb2
    found = {}
    for service in service_pb2.DESCRIPTOR.services_by_name.values():
        for method in service.methods:
            option = method.GetOptions().Extensions[options_pb2.call]
            name = re.sub(r"(?<!^)([A-Z])", r"_\1", method.name).lower()
            found[option.field] = (f"/{service.full_name}/{method.name}", name, method.server_streaming)
    return found


def same_answers(server, channel):
    """Every request of the fuzzer's examples by both ways."""
    import grpc
    table, tried, refused = methods(), set(), 0
    raw = dict(request_serializer=bytes, response_deserializer=bytes)
    for path in sorted(CORPUS.glob("example-*")):
        parts = fields(path.read_bytes())
        field = next((number for number, _ in parts if number in table), None)
        if field is None or table[field][1] in FIGURES | {"accept_clock"}:
            continue
        method, name, is_stream = table[field]
        values = dict(parts)
        if not isinstance(values[field], bytes) or not isinstance(values.get(1, 0), int):
            continue
        # What ends the connection over TCP is no request.
        if values.get(1, 0) == 0 or values.get(3, 0) > 3:
            continue
        told = dict(fields(server.ask(path.read_bytes())))
        metadata = [("accept-language", {2: "ru", 3: "en"}.get(values.get(3, 0), "kk"))]
        if 4 in values:
            metadata.append(("kezek-request-id-bin", values[4]))
        if 5 in values:
            metadata.append(("kezek-proof-bin", values[5]))
        try:
            if is_stream:
                stream = channel.unary_stream(method, **raw)(values[field], metadata=metadata)
                answer = next(iter(stream))
                stream.cancel()
            else:
                answer = channel.unary_unary(method, **raw)(values[field], metadata=metadata)
            reply = next((value for number, value in told.items() if number > 3), None)
            expect(reply == answer, f"{path.name} ({name}): {told} and {answer}")
        except grpc.RpcError as error:
            status = told.get(2)
            expect(status is not None, f"{path.name} ({name}): {error} and {told}")
            details = dict(error.trailing_metadata())["grpc-status-details-bin"]
            parts = dict(fields(status))
            expect(error.code().value[0] == parts[1], f"{path.name}: {error.code()}")
            expect(error.details().encode() == parts.get(3, b""), f"{path.name}: {error.details()}")
            detail = dict(fields(dict(fields(details))[3]))
            expect(detail[1] == b"type.googleapis.com/kezek.v1.Status", f"{path.name}: {detail}")
            expect(detail[2] == status, f"{path.name}: {detail[2]} and {status}")
            refused += 1
        tried.add(name)
    left = {name for _, name, _ in table.values()} - tried - FIGURES - {"accept_clock"}
    expect(not left, f"examples of {left} are there")
    print(f"{len(tried)} calls answered as over TCP, {refused} of the requests refused alike")


def stubs(server, channel):
    """Generated stubs: a deadline, a cancelled stream, a stream that goes on."""
    import grpc
    from kezek.v1 import operations_pb2, queue_pb2, service_pb2_grpc
    queue = service_pb2_grpc.QueueStub(channel)
    metadata = [("accept-language", "en")]
    offices = queue.Offices(queue_pb2.OfficesRequest(), metadata=metadata)
    expect(len(offices.offices) > 0, "an office is there")
    request = queue_pb2.BoardRequest(office="astana-1", watch=True)
    board = queue.Board(request, metadata=metadata)
    first = next(board)
    ticket = queue.TakeTicket(
        queue_pb2.TakeTicketRequest(office="astana-1", service="acceptance"),
        metadata=metadata + [("kezek-request-id-bin", os.urandom(16))])
    expect(ticket.ByteSize() > 0, "a ticket is taken")
    news = next(board)
    expect(news.revision > first.revision, "the board goes on")
    board.cancel()
    seen = queue_pb2.BoardRequest(office="astana-1", watch=True, since=first.revision)
    resumed = queue.Board(seen, metadata=metadata)
    expect(next(resumed) == news, "a stream goes on from a revision")
    resumed.cancel()
    try:
        list(queue.Board(request, metadata=metadata, timeout=0.2))
        expect(False, "the deadline ends the board")
    except grpc.RpcError as error:
        expect(error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error.code())
    try:
        channel.unary_unary("/kezek.v1.Queue/Nothing", bytes, bytes)(b"")
        expect(False, "there is no such method")
    except grpc.RpcError as error:
        expect(error.code() == grpc.StatusCode.UNIMPLEMENTED, error.code())
    health = service_pb2_grpc.OperationsStub(channel).Health(operations_pb2.HealthRequest())
    expect(next(health).state == 1, "the server is well")
    print("stubs: a deadline, a cancelled and a resumed stream, no such method")


def own_services(channel):
    """gRPC's own services, by grpcio's clients of them."""
    from grpc_health.v1 import health_pb2, health_pb2_grpc
    from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
    from google.protobuf.descriptor_pool import DescriptorPool
    health = health_pb2_grpc.HealthStub(channel)
    for service in ("", "kezek.v1.Queue"):
        answer = health.Check(health_pb2.HealthCheckRequest(service=service))
        expect(answer.status == health_pb2.HealthCheckResponse.SERVING, service)
    watch = health.Watch(health_pb2.HealthCheckRequest())
    expect(next(watch).status == health_pb2.HealthCheckResponse.SERVING, "health is watched")
    database = ProtoReflectionDescriptorDatabase(channel)
    services = set(database.get_services())
    expect({"kezek.v1.Queue", "grpc.health.v1.Health"} <= services, services)
    pool = DescriptorPool(database)
    hold = pool.FindServiceByName("kezek.v1.Queue").FindMethodByName("Hold")
    expect(hold.input_type.full_name == "kezek.v1.HoldRequest", "the method is described")
    expect(not hold.GetOptions().ListFields(), "Kezek's own options are not told")
    print(f"grpcio's health and reflection: {len(services)} services")
    return watch


def programs(server, folder):
    """grpcurl and buf, which know nothing but what reflection tells them."""
    def run(*command, status=0):
        done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
        expect(done.returncode == status, f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr
    grpcurl = [str(PROGRAMS / "grpcurl"), "-plaintext"]
    listed = run(*grpcurl, server.web, "list").split()
    expect("kezek.v1.Queue" in listed and "grpc.health.v1.Health" in listed, listed)
    expect("rpc Hold" in run(*grpcurl, server.web, "describe", "kezek.v1.Queue"), "Queue is described")
    run(*grpcurl, server.web, "describe")
    said = run(*grpcurl, "-d", "{}", server.web, "grpc.health.v1.Health/Check")
    expect(json.loads(said) == {"status": "SERVING"}, said)
    said = run(*grpcurl, "-H", "accept-language: en", "-d", '{"office": "nowhere"}', server.web,
               "kezek.v1.Queue/Office", status=64 + 5)
    expect("NotFound" in said and "REASON_UNKNOWN_OFFICE" in said, said)
    said = run(str(PROGRAMS / "buf"), "curl", "--protocol", "grpc", "--http2-prior-knowledge", "--reflect-protocol",
               "grpc-v1", "-d", "{}", f"http://{server.web}/kezek.v1.Queue/Offices")
    expect("astana-1" in said, said)
    print("grpcurl and buf: list, describe, a call, a refusal")


def main(kezek, folder):
    import grpc
    generate(folder)
    server = Server(kezek, folder)
    try:
        for office in ("astana-corporation", "almaty-provider"):
            server.run("office", "import", f"Examples/offices/{office}.yaml")
        channel = grpc.insecure_channel(server.web, options=[("grpc.max_receive_message_length", 8 << 20)])
        same_answers(server, channel)
        stubs(server, channel)
        watch = own_services(channel)
        programs(server, folder)
        # Whoever watches hears that it stops.
        server.process.terminate()
        expect(next(watch).status == 2, "stopping is told")
        expect(list(watch) == [], "and ends the stream")
    finally:
        server.stop()
    print("as it should be")


PROGRAMS = pathlib.Path(sys.argv[3])
if __name__ == "__main__":
    main(os.path.realpath(sys.argv[1]), pathlib.Path(sys.argv[2]))
