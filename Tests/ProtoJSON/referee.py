#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares Kezek's ProtoJSON with Python's protobuf, by random messages of every type from one seed.

    referee.py PROGRAM SET [--seed N] [--rounds N] [--corpus FILE]

PROGRAM is ProtoJSON, SET a serialised FileDescriptorSet. Four things are compared: a message as JSON; JSON in
each of json_format's styles as a message; the bytes of a message in any order, fields twice, as JSON; and JSON that is
spoilt somewhere, which must be taken or refused alike but for what stands in KNOWN. With --corpus what was asked and
answered is also written, a line each.
"""
import argparse, json, random, re, subprocess, sys

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.descriptor import FieldDescriptor as Kind

TEXTS = ["", "A-017", "Астана қаласы, 1-терезе", "Ә Ғ Қ Ң Ө Ұ Ү Һ І", "\"quoted\" \\ back/slash", "\u0000\u0001\u001f\u007f",
         "a\tb\nc\rd\be\f", "😀 \U0010ffff", "\u2028\u2029\ufeff", "x" * 7, "y" * 8, "z" * 15 + "\"", "é" * 65, "n" * 130,
         "a" * 20000]
BYTES = [b"", b"\x00", b"\xff\xfe\xfd", bytes(range(256)), b"k" * 16, b"\xfb\xef\xbe", b"\x01" * 127, b"\x02" * 128]
BITS = {Kind.CPPTYPE_INT32: (-2**31, 2**31 - 1), Kind.CPPTYPE_INT64: (-2**63, 2**63 - 1),
        Kind.CPPTYPE_UINT32: (0, 2**32 - 1), Kind.CPPTYPE_UINT64: (0, 2**64 - 1)}
# What of JSON one takes and the other does not, on purpose: Docs/Protocol.md says why.
KNOWN = [
    # json_format takes a field by both of its names, the later winning.
    (r"repeatedField", "taken by both names"),
    # It drops signs that are no base64, and stops at padding.
    (r"noBase64", "odd signs in base64"),
    # It takes [], and what else has no keys, as an empty message.
    (r"noObject", "[] as a message"),
    (r"noList", "a text or an object as a list"),
    # It takes numbers as Python reads them: "+5", " 5", "1_000", "007", and 1e-400 as 0.
    (r"noNumber", "Python's numbers"),
    # It takes the number of an enum's value as text.
    (r"noValue", "a number as text"),
    # Its depth is another.
    (r"tooDeep", "depth"),
    # It takes NaN and Infinity for JSON, and any text before 7.0 with what is no UTF-8.
    (r"syntax|notUTF8|halfCharacter", "Python's JSON"),
]


def known(refusal):
    return any(re.search(pattern, refusal) for pattern, _ in KNOWN)


class Messages:
    """The types of a descriptor set, and random messages of them."""

    def __init__(self, data, seed):
        pool = descriptor_pool.DescriptorPool()
        names = []
        for file in descriptor_pb2.FileDescriptorSet.FromString(data).file:
            pool.Add(file) if hasattr(pool, "Add") else pool.AddSerializedFile(file.SerializeToString())
            if file.package == "kezek.v1":
                for message in file.message_type:
                    self.collect(message, "", names)
        def made(name):
            found = pool.FindMessageTypeByName("kezek.v1." + name)
            if hasattr(message_factory, "GetMessageClass"):
                return message_factory.GetMessageClass(found)
            return message_factory.MessageFactory(pool).GetPrototype(found)
        self.types = {name: made(name) for name in names}
        self.random = random.Random(seed)

    def collect(self, message, prefix, names):
        names.append(prefix + message.name)
        for inner in message.nested_type:
            self.collect(inner, prefix + message.name + ".", names)

    def fill(self, message, depth=0):
        full = self.random.random() < 0.2
        taken = set()
        for field in message.DESCRIPTOR.fields:
            if not full and self.random.random() < 0.5:
                continue
            if field.containing_oneof:
                if field.containing_oneof.name in taken:
                    continue
                taken.add(field.containing_oneof.name)
            many = getattr(message, field.name) if is_many(field) else None
            if field.message_type:
                if depth > 4:
                    continue
                for _ in range(self.random.randint(0, 3) if many is not None else 1):
                    self.fill(many.add() if many is not None else getattr(message, field.name), depth + 1)
                if many is None:
                    getattr(message, field.name).SetInParent()
            elif many is not None:
                many.extend(self.value(field) for _ in range(self.random.choice([0, 1, 2, 5, 200])))
            else:
                setattr(message, field.name, self.value(field))
        return message

    def value(self, field):
        if field.type == Kind.TYPE_STRING:
            return self.random.choice(TEXTS)
        if field.type == Kind.TYPE_BYTES:
            return self.random.choice(BYTES)
        if field.type == Kind.TYPE_BOOL:
            return self.random.random() < 0.5
        if field.enum_type:
            odd = [] if self.random.random() < 0.9 else [99_999, -1]
            return self.random.choice([value.number for value in field.enum_type.values] + odd)
        low, high = BITS[field.cpp_type]
        small = self.random.randint(max(low, -1000), 1000)
        return self.random.choice([0, 1, low, high, small, small, self.random.randint(low, high)])


def is_many(field):
    return field.is_repeated if hasattr(type(field), "is_repeated") else field.label == Kind.LABEL_REPEATED


def styles(message, random):
    """The message as JSON in one of json_format's styles, or as nobody's."""
    options = {}
    if random.random() < 0.5:
        options["preserving_proto_field_name"] = True
    if random.random() < 0.3:
        options["use_integers_for_enums"] = True
    value = json_format.MessageToDict(message, **options)
    if random.random() < 0.3:
        value = loosened(value, random)
    return json.dumps(value, ensure_ascii=random.random() < 0.5, indent=random.choice([None, 0, 2]),
                      separators=random.choice([(",", ":"), (" , ", " : ")]))


def loosened(value, random):
    """The same in other words: numbers as texts and texts as numbers, and null where nothing is."""
    if isinstance(value, dict):
        return {key: loosened(inner, random) for key, inner in value.items()}
    if isinstance(value, list):
        return [loosened(inner, random) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[1-9]\d{0,18}", value) and random.random() < 0.5:
        return int(value)
    return value


def spoilt(text, random):
    """A text of JSON with something wrong, or merely odd."""
    pieces = re.findall(r'"(?:\\.|[^"\\])*"|[^\s"{}\[\],:]+|\S', text)
    if len(pieces) > 400:
        start = random.randrange(len(pieces) - 300)
        pieces = pieces[:50] + pieces[start:start + 200] + pieces[-50:]
    odd = ["null", "true", "false", "0", "-0", "1.0", "1e3", "1.5", "-1", "1E+2", "12345678901234567890", "1e400", "1e-1",
           "01", "+1", ".5", "5.", '""', '"0"', '"1"', '"-1"', '"1.0"', '" 1"', '"x"', '"QQ=="', '"QQ"', '"QQ="', '"_-8"',
           '"+/8"', '"a"', "{}", "[]", "[null]", "[0]", '"\\ud800"', '"\\u00e9"', '"\\x"', "nul", "{", "}", "[", "]", ",",
           ":", '"name"', '"office"', '"day"', "2147483648", "-2147483649", "4294967296", "18446744073709551616",
           "9223372036854775808", "1e18", "1000000000000000000000e-3", "9007199254740993.0", "LANGUAGE_KK", '"LANGUAGE_KK"']
    for _ in range(random.choice([1, 1, 1, 2])):
        place = random.randrange(len(pieces))
        change = random.random()
        if change < 0.6:
            # A value in the place of a value, mostly.
            values = [at for at in range(1, len(pieces)) if pieces[at - 1] in ":[," and pieces[at] not in "{}[]"]
            pieces[random.choice(values) if values and random.random() < 0.9 else place] = random.choice(odd)
        elif change < 0.7:
            del pieces[place]
        elif change < 0.8:
            pieces.insert(place, random.choice(odd))
        elif change < 0.9:
            pieces.insert(place, pieces[random.randrange(len(pieces))])
        else:
            other = random.randrange(len(pieces))
            pieces[place], pieces[other] = pieces[other], pieces[place]
        if not pieces:
            return ""
    return " ".join(pieces)


class Program:
    """Asks all at once, as answers come in the order of questions."""

    def __init__(self, path):
        self.path, self.asked = path, []

    def ask(self, what, name, data, judge):
        self.asked.append((f"{what} {name} {data.hex()}", judge))

    def judge(self, corpus):
        lines = "".join(line + "\n" for line, _ in self.asked)
        told = subprocess.run([self.path], input=lines, capture_output=True, text=True, check=True).stdout.split("\n")[:-1]
        if len(told) != len(self.asked):
            sys.exit(f"{len(told)} answers to {len(self.asked)} questions")
        faults = 0
        for (line, judge), answer in zip(self.asked, told):
            is_taken = answer.startswith("ok ")
            fault = judge(bytes.fromhex(answer[3:]) if is_taken else None, answer)
            if corpus:
                corpus.write(f"{line} {answer}\n")
            if fault:
                faults += 1
                if faults <= 20:
                    print(f"{fault}\n  asked: {line[:600]}\n  answered: {answer[:600]}")
        return faults


def main():
    words = argparse.ArgumentParser()
    words.add_argument("program")
    words.add_argument("set")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rounds", type=int, default=20)
    words.add_argument("--corpus")
    words = words.parse_args()
    with open(words.set, "rb") as file:
        messages = Messages(file.read(), words.seed)
    chance = messages.random
    program = Program(words.program)
    differ, counts = {}, dict.fromkeys(("as JSON", "from JSON", "in any order", "spoilt"), 0)

    def parsed(type, text):
        try:
            return json_format.Parse(text, type())
        except (json_format.ParseError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return None

    def as_json(message):
        right = json_format.MessageToDict(message)
        def judge(data, answer):
            if data is None or json.loads(data.decode()) != right:
                return "as JSON it is another"
        return judge

    def from_json(message):
        def judge(data, answer):
            if data is None:
                return "JSON is refused"
            if type(message).FromString(data) != message:
                return "JSON is read as another"
            if data != message.SerializeToString(deterministic=True):
                return "JSON is read as other bytes"
        return judge

    def from_spoilt(type, text):
        right = parsed(type, text)
        def judge(data, answer):
            if data is None:
                if right is None:
                    return None
                found = [told for pattern, told in KNOWN if re.search(pattern, answer)]
                for told in found[:1]:
                    differ[told] = differ.get(told, 0) + 1
                return None if found else "what Python takes is refused"
            if right is None:
                # Exact numbers of which Python has made a float, and a null beside another field of a oneof.
                if re.search(r'"1(\.0|e3)"|\de|\.0', text):
                    differ["numbers that Python refuses"] = differ.get("numbers that Python refuses", 0) + 1
                    return None
                return f"what Python refuses is taken: {text[:300]}"
            differ["(spoilt and taken by both)"] = differ.get("(spoilt and taken by both)", 0) + 1
            if type.FromString(data) != right and not re.search(r"9007199254740993|\de", text):
                return "spoilt JSON is read as another"
        return judge

    for name, made in messages.types.items():
        for _ in range(words.rounds):
            message = messages.fill(made())
            data = message.SerializeToString(deterministic=True)
            if len(data) > 200_000:
                continue
            program.ask("to-json", name, data, as_json(message))
            text = styles(message, chance)
            program.ask("to-wire", name, text.encode("utf-8", "surrogatepass"), from_json(message))
            other = messages.fill(made()).SerializeToString()
            both = data + other
            program.ask("to-json", name, both, as_json(made.FromString(both)))
            wrong = spoilt(text if len(text) < 5000 else "{}", chance)
            program.ask("to-wire", name, wrong.encode(), from_spoilt(made, wrong))
            for key in counts:
                counts[key] += 1
    corpus = open(words.corpus, "w", encoding="utf-8") if words.corpus else None
    faults = program.judge(corpus)
    print(f"{len(messages.types)} types; " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    print("differ on purpose: " + (", ".join(f"{what} {count}" for what, count in sorted(differ.items())) or "none"))
    if faults:
        sys.exit(f"{faults} faults")


if __name__ == "__main__":
    main()
