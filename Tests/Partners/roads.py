# SPDX-License-Identifier: Apache-2.0
"""Asks a real osrm-routed for the ways of files, and compares them with what it says of each pair.

    roads.py KEZEK OSRM-FOLDER WORK-FOLDER
"""
import json, os, random, socket, subprocess, sys, time, urllib.request

# Around the edges of one call and of blocks of fifty places.
COUNTS = [1, 2, 50, 51, 100, 101, 150, 151, 251]
SIDE, STEP, WEST, SOUTH = 30, 0.004, 71.40, 51.10


def grid(path):
    """A town of streets, every third of them one way."""
    with open(path, "w") as out:
        out.write('<?xml version="1.0"?>\n<osm version="0.6">\n')
        for row in range(SIDE):
            for column in range(SIDE):
                out.write(f'<node id="{1 + row * SIDE + column}" version="1" '
                          f'lat="{SOUTH + row * STEP:.6f}" lon="{WEST + column * STEP:.6f}"/>\n')
        for number in range(2 * SIDE):
            line = number % SIDE
            nodes = [1 + line * SIDE + i if number < SIDE else 1 + i * SIDE + line
                     for i in range(SIDE)]
            out.write(f'<way id="{1 + number}" version="1">')
            out.write("".join(f'<nd ref="{node}"/>' for node in nodes))
            out.write(f'<tag k="highway" v="{"primary" if line % 5 == 0 else "residential"}"/>')
            if line % 3 == 1:
                out.write('<tag k="oneway" v="yes"/>')
            out.write("</way>\n")
        out.write("</osm>\n")


def prepare(osrm, work):
    data = os.path.join(work, "town.osm")
    grid(data)
    binary = lambda name: os.path.join(osrm, "bin", name)
    base = os.path.join(work, "town.osrm")
    for command in (["osrm-extract", "-p", os.path.join(osrm, "share/profiles/car.lua"), data],
                    ["osrm-partition", base], ["osrm-customize", base]):
        subprocess.run([binary(command[0]), *command[1:]], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [binary("osrm-routed"), "--algorithm", "mld", "-i", "127.0.0.1", "-p", str(port), base],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/nearest/v1/driving/{WEST},{SOUTH}").read()
            return server, url
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.05)
    server.kill()
    sys.exit("osrm-routed does not start")


def table(url, places, rows):
    """Seconds from some places to all, a row for each, asked in calls of a shape of their own."""
    result = []
    for row in rows:
        seconds = []
        for start in range(0, len(places), 60):
            part = places[start:start + 60]
            text = ";".join(f"{x:.6f},{y:.6f}" for x, y in [places[row], *part])
            wanted = ";".join(str(1 + i) for i in range(len(part)))
            with urllib.request.urlopen(f"{url}/table/v1/driving/{text}?annotations=duration"
                                        f"&sources=0&destinations={wanted}") as answer:
                seconds += json.load(answer)["durations"][0]
        result.append(seconds)
    return result


def check(kezek, url, count, work):
    dice = random.Random(count)
    places = [(round(WEST + dice.random() * (SIDE - 1) * STEP, 6),
               round(SOUTH + dice.random() * (SIDE - 1) * STEP, 6)) for _ in range(count)]
    problem = {"vehicles": [{"id": 1, "start": places[0], "end": places[0],
                             "time_window": [0, 1_000_000]}],
               "jobs": [{"id": i, "location": place, "service": 60}
                        for i, place in enumerate(places[1:] or places, 1)]}
    path = os.path.join(work, f"places-{count}.json")
    with open(path, "w") as out:
        json.dump(problem, out)
    done = subprocess.run([kezek, "visits", "export", path, "--osrm", url],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "estimate" not in done.stderr and "no travel" not in done.stderr, done.stderr
    read = json.loads(done.stdout)
    matrix = read["matrices"]["car"]["durations"]
    assert len(matrix) == count, f"{len(matrix)} rows for {count} places"
    # The file's places are numbered as they come: those of jobs, then those of vehicles.
    order = [None] * count
    for job in read["jobs"]:
        order[job["location_index"]] = (places[1:] or places)[job["id"] - 1]
    order[read["vehicles"][0]["start_index"]] = places[0]
    rows = range(count) if count <= 51 else sorted({0, 49, 50, 51, 99, count - 2, count - 1})
    wrong = 0
    for row, seconds in zip(rows, table(url, order, rows)):
        for column, value in enumerate(seconds):
            # A fraction of a second is rounded by each as it likes.
            if row != column and abs(matrix[row][column] - value) > 1:
                wrong += 1
    assert wrong == 0, f"{wrong} ways of {count} places are not the server's"
    far = max(max(row) for row in matrix)
    print(f"osrm-routed: {count} places as the server says, the longest way {far} s")


def main(kezek, osrm, work):
    server, url = prepare(osrm, work)
    try:
        for count in COUNTS:
            check(kezek, url, count, work)
    finally:
        server.terminate()
        server.wait()


main(*sys.argv[1:])
