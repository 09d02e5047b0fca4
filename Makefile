# SPDX-License-Identifier: Apache-2.0
#
# make run    install what is missing, build, start the server, ask it first questions
# make test   install what is missing, pass the tests
# make demo   a small office through its days, from a booking to a result nobody collects

.PHONY: run demo test any-day any-day-short busy twins partners web packages build release lint format generate check-generated check-compatible check-docs check-json check-protojson check-imports check-alarms example bench fuzz sanitize-address sanitize-thread sbom dist clean

PACKAGES = libprotobuf-c-dev libsqlite3-dev protobuf-c-compiler protobuf-compiler libprotobuf-dev \
           python3 python3-protobuf pkg-config tzdata
LISTEN ?= 127.0.0.1:7447
KEZEK = .build/debug/kezek

# Package.swift tells what it is for.
export KEZEK_FAST_DOMAIN = 1

run: packages build
	@Examples/first-question $(KEZEK) $(LISTEN)

# A small office through its days, on a server of its own.
demo: packages build
	$(KEZEK) demo

test: packages
	swift test

# The tests on other days and in other zones than the machine's; the short form on two of the days.
any-day: packages
	Tests/AnyDay/run

any-day-short: packages
	Tests/AnyDay/run --short

# The tests five times in a row on a machine that is busy with other things.
busy: packages
	Tests/Busy/run

# The planner against every plan that there is, on 20,000 small problems.
twins: packages
	KEZEK_TWINS=20000 swift test --filter TwinTests

# What VROOM, vrplib and a real server of OSRM make of files, and of what is asked of them.
partners: build
	Tests/Partners/check $(KEZEK)

# What grpcio, grpcurl, buf, connectrpc and schemathesis get from a server that is built with HTTP.
web: packages
	swift build --traits Web --product kezek
	Tests/Web/run $(KEZEK)

# Debian's packages; nothing is asked of the network when they are all there.
packages:
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || { \
	    if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	    $$sudo apt-get update && \
	    $$sudo apt-get install -y --no-install-recommends $(PACKAGES); }

build:
	swift build --product kezek

# The program for real use: optimised, with the Swift library inside.
release: packages
	swift build -c release --product kezek --static-swift-stdlib

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

format:
	swift format --in-place --recursive Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources

generate:
	Protos/generate.sh

check-generated:
	Protos/generate.sh --check

# Messages mean what they meant, on the wire and in journals.
check-compatible:
	Protos/compatible

# An import that Package.swift does not name fails by its exit status.
check-imports:
	swift build --explicit-target-dependency-import-check error

# Every command in the documents gives the output that stands below it.
check-docs: build
	python3 .ci/examples.py $(KEZEK) README.md Docs Calendars Standards Examples

# What commands print with --json, as Tests/Fixtures/json has it; `Tests/JSON/run $(KEZEK) --write` writes it anew.
check-json: build
	Tests/JSON/run $(KEZEK)

# Messages as JSON and back, against Python's protobuf.
check-protojson:
	swift build --product ProtoJSON
	Tests/ProtoJSON/run .build/debug/ProtoJSON

# A client in another language against a live server.
example: build
	Examples/python/check $(KEZEK)

# Four seconds for each reader of bytes from outside; Fuzz/README.md has more.
fuzz: export KEZEK_FAST_DOMAIN =
fuzz: packages
	Fuzz/run 4

# The tests in builds of their own that watch memory, and what threads do at once.
sanitize-address sanitize-thread: sanitize-%: packages
	Tests/Sanitizers/run $*

# The alarms, by Prometheus' own tool (Debian's package prometheus).
check-alarms:
	promtool check config Examples/prometheus/prometheus.yaml
	cd Examples/prometheus && promtool test rules alarms.test.yaml

bench:
	Benchmarks/run

# What the program is made of, as CycloneDX.
sbom: build
	Release/sbom.py "$$($(KEZEK) --version)" Package.resolved .build/checkouts >.build/kezek.cdx.json

# A release as it is handed out: the same bytes from the same commit.
dist: packages
	Release/pack .build/dist

clean:
	swift package clean
