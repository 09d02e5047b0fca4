# SPDX-License-Identifier: Apache-2.0
"""What the generators share: reading a descriptor set with Kezek's options, and writing or comparing files."""
import difflib, importlib.util, os, sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


def read(data):
    """The descriptors with the types of their options known, and the pool that knows those."""
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
        pool.Add(file)
    kind = pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet")
    return message_factory.MessageFactory(pool).GetPrototype(kind).FromString(data), pool


def sibling(name):
    """The module of a file beside this one, whose name a module of Python has, too."""
    spec = importlib.util.spec_from_file_location(f"kezek_{name}", os.path.join(os.path.dirname(__file__), f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(texts, root, check):
    """Writes texts by their paths below the root; with `check` tells those that are stale, with status 1."""
    stale = []
    for name, text in texts.items():
        full = os.path.join(root, name)
        old = ""
        if os.path.exists(full):
            with open(full, encoding="utf-8") as file:
                old = file.read()
        if old == text:
            continue
        stale.append(name)
        if check:
            sys.stdout.writelines(difflib.unified_diff(
                old.splitlines(True), text.splitlines(True), name, "from Protos", n=0))
        else:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
    if check and stale:
        sys.exit(f"stale: {', '.join(stale)}: run Protos/generate.sh and commit the result.")
