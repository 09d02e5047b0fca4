#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a call of gRPC costs, as ratios within one run: beside Python's grpcio server with an empty handler, and beside
Kezek's own protocol.

    grpc.py KEZEK [SECONDS]

It needs h2load (Debian's nghttp2-client) and grpcio (PyPI). The load is 16 connections of 16 streams. h2load counts what
succeeded; it never connects anew after GOAWAY, so the others are looked at, too.
"""
import concurrent.futures, os, pathlib, re, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[1]
EMPTY = "/bench.Empty/Call"


def load(address, path, message, seconds):
    """Calls a second, and the milliseconds of processor that the client took for one."""
    with tempfile.NamedTemporaryFile() as body:
        body.write(b"\0" + len(message).to_bytes(4, "big") + message)
        body.flush()
        done = subprocess.run(
            ["h2load", "-D", str(seconds), "-c", "16", "-m", "16", "-t", "1", "-d", body.name, "-H", "te: trailers",
             "-H", "content-type: application/grpc", f"http://{address}{path}"],
            capture_output=True, text=True, check=True).stdout
    succeeded = int(re.search(r"(\d+) succeeded", done).group(1))
    failed = int(re.search(r"(\d+) failed", done).group(1))
    if failed > succeeded / 1000:
        sys.exit(done)
    return succeeded / seconds


def processor(process):
    """Seconds of processor that a process has taken."""
    words = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def measured(name, process, address, path, message, seconds):
    load(address, path, message, 1)
    before = processor(process)
    rate = load(address, path, message, seconds)
    cost = (processor(process) - before) / (rate * seconds) * 1000
    print(f"{name:42} {rate:10,.0f} calls/s  {cost:.4f} ms of the server's processor a call", flush=True)
    return rate, cost


def serve_empty():
    """grpcio's server with a handler that does nothing."""
    import grpc
    handler = grpc.method_handlers_generic_handler(
        EMPTY.split("/")[1], {EMPTY.split("/")[2]: grpc.unary_unary_rpc_method_handler(
            lambda request, context: b"", request_deserializer=None, response_serializer=None)})
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=8))
    server.add_generic_rpc_handlers((handler,))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


def address(log, words):
    for _ in range(600):
        for line in pathlib.Path(log).read_text().splitlines():
            found = re.search(r"127\.0\.0\.1:\d+", line)
            if found and words in line and ("for HTTP" in line) == ("for HTTP" in words):
                return found.group()
        time.sleep(0.1)
    sys.exit(pathlib.Path(log).read_text())


def main(kezek, seconds):
    with tempfile.TemporaryDirectory() as folder:
        log = f"{folder}/log"
        other = subprocess.Popen([sys.executable, __file__, "--empty"], stdout=subprocess.PIPE, text=True)
        own = subprocess.Popen(
            [kezek, "serve", "--listen", "127.0.0.1:0", "--web", "127.0.0.1:0"], stderr=open(log, "w"),
            env=dict(os.environ, KEZEK_DATA=str(ROOT)))
        try:
            port = other.stdout.readline().strip()
            web, frames = address(log, "listening for HTTP"), address(log, "listening")
            # Two runs of each, in turns: what else the machine does meets both.
            for _ in range(2):
                _, empty = measured("grpcio, an empty handler", other, f"127.0.0.1:{port}", EMPTY, b"", seconds)
                _, nothing = measured("kezek, EndWatch (nothing to do)", own, web, "/kezek.v1.Operations/EndWatch", b"",
                                      seconds)
                _, days = measured(
                    "kezek, CountWorkingDays", own, web, "/kezek.v1.Deadlines/CountWorkingDays",
                    b"\x0a\x02kz", seconds)
                print(f"  cost of grpcio / of kezek: {empty / nothing:.2f} (wanted: 2 or more); a question "
                      f"{empty / days:.2f}")
            subprocess.run([kezek, "bench", "calls", "--server", frames], check=False)
        finally:
            for process in (other, own):
                process.terminate()
                process.wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["--empty"]:
        serve_empty()
    else:
        main(os.path.realpath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
