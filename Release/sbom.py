#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints the software bill of materials of a build, as CycloneDX 1.6 JSON.

    sbom.py VERSION PACKAGE.RESOLVED CHECKOUTS

Three kinds of parts: the Swift packages that the build resolved, with what they carry along in
their sources; the Swift toolchain, whose libraries a release has inside; and the Debian libraries
that the program loads. The same build on the same machine gives the same bytes: there is no time
and no random number in it.

A Swift package's hash is the SHA-256 of its tracked files: of each, in the order of their paths,
the path, a NUL, the length in decimal digits, a NUL, and the content. A Debian library's is that of
the shared object. What cannot be found out ends the program; nothing is left out unsaid.
"""
import hashlib, json, pathlib, re, subprocess, sys, uuid

# The package, the shared object that it brings, its licence, and words of its copyright file that
# would be gone if that changed.
DEBIAN = [
    ("libc6", "libc.so.6", "LGPL-2.1-or-later", "LGPL-2.1"),
    ("libgcc-s1", "libgcc_s.so.1", "GPL-3.0-or-later WITH GCC-exception-3.1", "GCC Runtime Library"),
    ("libprotobuf-c1", "libprotobuf-c.so.1", "BSD-2-Clause", "License: BSD-2-Clause"),
    ("libsqlite3-0", "libsqlite3.so.0", "blessing", "License: public-domain"),
    ("libstdc++6", "libstdc++.so.6", "GPL-3.0-or-later WITH GCC-exception-3.1", "GCC Runtime Library"),
]

# The sources that packages carry along, where their revision is noted (Yams notes none), and their
# licence.
CARRIED = {
    "swift-crypto": ("boringssl", "Sources/CCryptoBoringSSL/hash.txt", "ISC AND OpenSSL"),
    "swift-nio-ssl": ("boringssl", "Sources/CNIOBoringSSL/hash.txt", "ISC AND OpenSSL"),
    "yams": ("libyaml", None, "MIT"),
}


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def licence(folder):
    """The licence of a package by the words of its file."""
    files = sorted(folder.glob("LICEN[SC]E*"))
    if not files:
        sys.exit(f"{folder}: has no licence file")
    text = " ".join(files[0].read_text().split())
    if "Apache License Version 2.0" in text:
        exception = "Runtime Library Exception" in text
        return "Apache-2.0 WITH Swift-exception" if exception else "Apache-2.0"
    if "Permission is hereby granted, free of charge" in text:
        return "MIT"
    sys.exit(f"{files[0]}: what licence is this?")


def content_hash(folder):
    digest = hashlib.sha256()
    for name in sorted(run("git", "-C", str(folder), "ls-files", "-z").split("\0")):
        path = folder / name
        if not name:
            continue
        content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        digest.update(name.encode() + b"\0" + str(len(content)).encode() + b"\0" + content)
    return digest.hexdigest()


def expression(text):
    return [{"expression": text}]


def swift_package(pin, checkouts):
    # The checkout's name is that of the repository, not the lower-case identity.
    name = re.sub(r"\.git$", "", pin["location"].rsplit("/", 1)[-1])
    folder = checkouts / name
    revision = pin["state"]["revision"]
    if run("git", "-C", str(folder), "rev-parse", "HEAD") != revision:
        sys.exit(f"{folder}: is not at {revision}")
    if run("git", "-C", str(folder), "status", "--porcelain"):
        sys.exit(f"{folder}: was changed")
    address = re.sub(r"\.git$", "", pin["location"])
    component = {
        "type": "library",
        "bom-ref": pin["identity"],
        "name": name,
        "version": pin["state"]["version"],
        "purl": f"pkg:swift/{address.removeprefix('https://')}@{pin['state']['version']}",
        "hashes": [{"alg": "SHA-256", "content": content_hash(folder)}],
        "licenses": expression(licence(folder)),
        "externalReferences": [{"type": "vcs", "url": address, "comment": revision}],
    }
    if pin["identity"] in CARRIED:
        part, note, terms = CARRIED[pin["identity"]]
        carried = {
            "type": "library", "bom-ref": f"{pin['identity']}/{part}", "name": part,
            "licenses": expression(terms)}
        if note:
            text = (folder / note).read_text()
            carried["version"] = re.search(r"revision ([0-9a-f]{40})", text).group(1)
        component["components"] = [carried]
    return component


def toolchain():
    text = run("swift", "--version")
    version = re.search(r"Swift version (\S+)", text).group(1)
    return {
        "type": "framework", "bom-ref": "swift", "name": "swift", "version": version,
        "description": "The standard library, Foundation with ICU, and Dispatch.",
        "licenses": expression("Apache-2.0 WITH Swift-exception AND Unicode-3.0"),
    }


def debian_library(name, library, terms, words):
    found = run("dpkg-query", "-W", "-f", "${Version} ${Architecture} ${source:Package}", name)
    version, architecture, source = found.split()
    copyright = pathlib.Path(f"/usr/share/doc/{name}/copyright").read_text()
    if words not in copyright:
        sys.exit(f"{name}: its copyright file does not say '{words}' any more")
    paths = [p for p in run("dpkg-query", "-L", name).split("\n") if p.endswith("/" + library)]
    if not paths:
        sys.exit(f"{name}: does not bring {library}")
    return {
        "type": "library", "bom-ref": name, "name": name, "version": version,
        "purl": f"pkg:deb/debian/{name}@{version}?arch={architecture}&distro=bookworm",
        "description": f"Source package {source}; loaded as {library}.",
        "hashes": [{
            "alg": "SHA-256",
            "content": hashlib.sha256(pathlib.Path(paths[0]).read_bytes()).hexdigest()}],
        "licenses": expression(terms),
    }


def main():
    version, resolved, checkouts = sys.argv[1:]
    pins = json.loads(pathlib.Path(resolved).read_text())["pins"]
    components = [swift_package(pin, pathlib.Path(checkouts)) for pin in pins]
    components.append(toolchain())
    components += [debian_library(*entry) for entry in DEBIAN]
    components.sort(key=lambda component: component["bom-ref"])
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "kezek", "name": "kezek", "version": version,
                "licenses": expression("Apache-2.0")}},
        "components": components,
        "dependencies": [
            {"ref": "kezek", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    text = json.dumps(bill, sort_keys=True)
    bill["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    print(json.dumps(bill, indent=1, sort_keys=True))


main()
