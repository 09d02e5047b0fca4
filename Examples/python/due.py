#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks a Kezek server when something is due, with nothing but the stock protobuf package.

    python3 due.py HOST:PORT STANDARD CHANNEL YYYY-MM-DDTHH:MM

The message classes are generated from Protos when this runs; protoc must be installed.
"""
import datetime, pathlib, socket, subprocess, sys, tempfile

protos = pathlib.Path(__file__).resolve().parents[2] / "Protos"
generated = tempfile.TemporaryDirectory()
subprocess.run(
    ["protoc", f"-I{protos}", f"--python_out={generated.name}", *map(str, protos.rglob("*.proto"))],
    check=True)
sys.path.insert(0, generated.name)
from kezek.v1 import envelope_pb2 as kezek  # noqa: E402

try:
    from google.protobuf.proto import parse_length_prefixed, serialize_length_prefixed
except ImportError:  # before release 28 the package has the varints alone
    from google.protobuf.internal.decoder import _DecodeVarint32
    from google.protobuf.internal.encoder import _VarintBytes

    def serialize_length_prefixed(message, output):
        output.write(_VarintBytes(message.ByteSize()) + message.SerializeToString())

    def parse_length_prefixed(kind, source):
        header = source.read(1)
        while header and header[-1] >= 0x80:
            header += source.read(1)
        return kind.FromString(source.read(_DecodeVarint32(header, 0)[0])) if header else None

EPOCH = datetime.date(1970, 1, 1)


def call(connection, request):
    """Sends a request and reads its response, both in protobuf's delimited format."""
    with connection.makefile("wb") as output, connection.makefile("rb") as source:
        serialize_length_prefixed(request, output)
        output.flush()
        response = parse_length_prefixed(kezek.Response, source)
    if response is None:
        raise SystemExit("the server closed the connection")
    return response


def main(address, standard, channel, accepted):
    accepted = datetime.datetime.fromisoformat(accepted)
    request = kezek.Request(id=1, language=kezek.LANGUAGE_EN)
    request.due_date.standard, request.due_date.channel = standard, channel
    request.due_date.start.day = (accepted.date() - EPOCH).days
    request.due_date.start.second = accepted.hour * 3600 + accepted.minute * 60
    host, port = address.rsplit(":", 1)
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        response = call(connection, request)
    if response.HasField("status"):
        raise SystemExit(f"{kezek.Reason.Name(response.status.reason)}: {response.status.message}")
    reply = response.due_date
    print(EPOCH + datetime.timedelta(reply.due.day), reply.basis.version)
    for day, counted, reason in zip(reply.proof.day, reply.proof.counted, reply.proof.reason):
        print(EPOCH + datetime.timedelta(day), "+" if counted else "-", reply.proof.reasons[reason].text)


if len(sys.argv) != 5:
    raise SystemExit(__doc__)
try:
    main(*sys.argv[1:])
except (OSError, ValueError) as error:
    raise SystemExit(f"due.py: {error}")
