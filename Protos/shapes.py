# SPDX-License-Identifier: Apache-2.0
"""What the .proto files declare of Swift's values: messages with their shapes, and what fields hold.

`(kezek.value)` of a message and `(kezek.case)` of a field say how the value is made, in a shape that is read from left
to right and written the other way round:

    Value(label: field, field)   a value by its initialiser; a field alone has the label of its name, `_:` none;
                                 what is written is its property of that name
    Value{label: field}          a value whose properties are set one by one
    .case(label: field, field)   a case; a field alone has no label
    field                        what a field holds, by its kind; or a oneof, by its enum
    label=name: field            what is written is another property
    field?                       nil if the field is not there, or is 0 or empty
    field ? shape                nil if it is not, else the shape
    field ? shape : shape        of a case: the one shape if the field is there, else the other
    @name(field, field)          a function by hand that reads them, and one that writes them; of the whole message
                                 if no field is named
    _                            of a case: the message or value of the field itself
    [Row(column, column)] name   as many as the columns have values, which are as long as the first of them; a refusal of
                                 them all names the first column, or what is said here
    Value(…)!                    of a row: a value that cannot be made of everything
    lowest(column)               of a row: nil where the column has its lowest number
"""
import re, sys

from google.protobuf import descriptor_pb2

import declared

Proto = descriptor_pb2.FieldDescriptorProto

# How a field of a kind is read and written: f is the field in C, p its name in refusals, v the value, a what stands
# behind the kind's name. The third is for many, with their count n. A kind that is not here has functions of its
# name on both sides.
KINDS = {
    "plain": ("fit({f})", "fit({v})", "column({n}, {f})"),
    "fit": ("fit({f})", "fit({v})"),
    "bool": ("{f} != 0", "{v} ? 1 : 0"),
    "choice": ("try choice({f}.rawValue, {p})", "{c}(UInt32({v}.rawValue))"),
    "date": ("try date({f}, {p})", "{v}.dayNumber"),
    "time": ("try time({f}, {p})", "UInt32({v}.second)"),
    "number": ("fit(try number({f}, {a}, {p}))", "fit({v})"),
    "text": ("try text({f}, {p})", "try self.text({v})"),
    "name": ("try name({f}, {p})", "try self.text({v})"),
    "remark": ("try remark({f}, {p})", "try self.text({v})"),
    "line": ("try line({f}, {p}, limit: {a})", "try self.text({v})"),
    "long": ("try text({f}, {p}, limit: {a})", "try self.text({v})"),
    "letter": ("try letter({f}, {p})", "try self.letter({v})"),
    "bytes": ("column({f}.len, {f}.data)", "try self.bytes({v})"),
    "timestamp": ("try timestamp({f}, {p})", "{v}.second"),
    "localized": ("try localized({f}, {p}, limit: {a})", "try self.localized({v})"),
    "day": ("try date({f}.pointee.day, {p})", "try self.day({v})"),
    "moment": ("try moment({f}, {p})", "try self.moment({v})", "try moments({n}, {f}, {p})"),
    "hours": ("try part({f}, {p}) {{ (part) throws(Refusal) in try interval(part) }}", "try self.hours({v})", "try hours({n}, {f}, {p})"),
    "hoursBook": ("try part({f}, {p}) {{ (part) throws(Refusal) in try hoursBook(part) }}", "try self.hoursBook({v})"),
    "bookingName": ("try booking({f})", "try self.name({v})"),
    "applicationName": ("try application({f})", "try self.name({v})"),
    "visitName": ("try visit({f})", "try self.name({v})"),
    "label": ("try label({f}, {p})", "try self.label({v})"),
    "secret": ("try secret({f}, {p}, limit: {a})", "try self.secret({v})"),
    "reference": ("try reference({f}, {p})", "try self.text({v})"),
    "kiosk": ("try kiosk({f}, {p})", "try self.text({v})"),
    "timeWindow": ("try window({f}, {p})", "try self.window({v})"),
    "knownWindow": ("try knownWindow({f}, {p})", "try self.window({v})"),
    "iin": ("try iin({f}, {p})", "try self.text({v}.digits)"),
    "needs": (None, None, "try needs({n}, {f}, {p})"),
    "crews": (None, None, "try crews({n}, {f}, {p})"),
    # Of the journal.
    "bookingNumber": ("try booking(number: {f})", "{v}"),
    "ticketPlace": ("try label(place: {f})", "{v}.place"),
    "servicePlace": ("try service(place: {f})", "fit({v})"),
    "windowPlace": ("try window(place: {f})", "fit({v})"),
}
# Kinds of names, which are written as the text that describes them.
for name in ("office", "service", "window", "crew", "need", "member", "code", "listed", "seat"):
    KINDS[name] = (f"try {name}({{f}}, {{p}})", "try self.text({v}.description)")
# Kinds of numbers that are looked at by hand as they are read.
for name in ("positive", "seconds", "second", "midnight", "serviceSeconds", "applicationNumber", "visitNumber", "termPlace"):
    KINDS[name] = (f"try {name}({{f}}, {{p}})", "fit({v})")
# Kinds that come of the name where nothing else is said.
TEXT_NAMES = {
    "office": "office", "area": "office", "service": "service", "window": "window", "ticket": "label",
    "label": "label", "crew": "crew", "letter": "letter", "iin": "iin", "reference": "reference"}
DAYS = re.compile(r"(.+_)?(day|today)")
SECONDS = re.compile(r"(.+_)?second")


def snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def camel(name):
    first, *rest = name.split("_")
    word = first + "".join("ID" if part == "id" else part.capitalize() for part in rest)
    return f"`{word}`" if word in ("operator", "default", "in", "case", "self") else word


# A shape.

class Leaf:
    def __init__(self, field, optional):
        self.field, self.optional = field, optional


class Whole:
    pass


class Hook:
    def __init__(self, name, fields):
        self.name, self.fields = name, fields


class Given:
    """A shape that is there if the field is; else nil, or another shape."""
    def __init__(self, field, shape, other):
        self.field, self.shape, self.other = field, shape, other


class Rows:
    """Columns: a value for each row."""
    def __init__(self, row, said):
        self.row, self.name = row, f"[{row.name}]"
        self.columns = list(columns(row))
        self.said = said or self.columns[0][0].field


class Lowest:
    """Nil for the lowest number of a column."""
    def __init__(self, field):
        self.field = field


def columns(row, path=""):
    """The leaves of a row, each with where its value is."""
    for label, shape in row.args:
        kept = getattr(shape, "property", label)
        at = f"{path}.{kept}"
        if isinstance(shape, Made):
            yield from columns(shape, at)
        else:
            yield shape, at


class Made:
    """A value or a case, with labelled shapes."""
    def __init__(self, name, args, style):
        self.name, self.args, self.style, self.can_fail = name, args, style, False
        self.is_case = name.startswith(".")


class Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = re.findall(r"@?\.?\w+(?:\.\w+)*|\S", text)
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted=None):
        token = self.peek()
        if wanted and token != wanted:
            sys.exit(f"{self.text}: {wanted} expected instead of {token}")
        self.at += 1
        return token

    def whole(self):
        shape = self.shape()
        if self.peek():
            sys.exit(f"{self.text}: {self.peek()} is too much")
        return shape

    def shape(self):
        name = self.take()
        if name == "_":
            return Whole()
        if name == "[":
            row = self.shape()
            self.take("]")
            return Rows(row, self.take() if re.fullmatch(r"\w+", self.peek()) else None)
        if name == "lowest":
            return Lowest(self.arguments("(", ")", False)[0][1].field)
        if name.startswith("@"):
            if self.peek() != "(":
                return Hook(name[1:], [])
            return Hook(name[1:], [leaf.field for _, leaf in self.arguments("(", ")", False)])
        if self.peek() in ("(", "{"):
            style = self.peek()
            args = self.arguments(style, ")" if style == "(" else "}", not name.startswith("."))
            made = Made(name, args, style)
            if self.peek() == "!":
                self.take()
                made.can_fail = True
            return made
        if name.startswith("."):
            return Made(name, [], "")
        if self.peek() != "?":
            return Leaf(name, False)
        self.take()
        if self.peek() in ("", ",", ")", "}"):
            return Leaf(name, True)
        shape, other = self.shape(), None
        if self.peek() == ":":
            self.take()
            other = self.shape()
        return Given(name, shape, other)

    def arguments(self, opening, closing, labelled):
        args = []
        self.take(opening)
        while self.peek() != closing:
            label = None
            if self.tokens[self.at + 1:self.at + 2] in ([":"], ["="]):
                label = self.take()
                kept = (self.take(), self.take())[1] if self.peek() == "=" else label
                self.take(":")
                shape = self.shape()
                shape.property = kept
            else:
                shape = self.shape()
                if labelled:
                    label = camel(shape.field) if isinstance(shape, (Leaf, Given, Lowest)) else None
            args.append((label, shape))
            if self.peek() != closing:
                self.take(",")
        self.take(closing)
        return args


# What the .proto files declare.

class Message:
    def __init__(self, told, file, proto, outer):
        self.told, self.file, self.proto, self.outer = told, file, proto, outer
        self.names = (outer.names if outer else []) + [proto.name]
        self.full = f".{file.package}.{'.'.join(self.names)}"
        package = [part.capitalize() for part in file.package.split(".")]
        self.c = "__".join(package + self.names)
        self.c_lower = "__".join([part.lower() for part in package] + [snake(name) for name in self.names])
        self.function = self.names[0][0].lower() + self.names[0][1:] + "".join(self.names[1:])
        self.is_kept = "journal" in file.package
        option = told.options(proto.options, "value", "path", "kind", "hot", "first", "then", "by_hand", "property", "struct", "row", "record")
        self.kind, self.hot, self.first, self.then = (option[name] for name in ("kind", "hot", "first", "then"))
        self.is_by_hand, self.told_properties = option["by_hand"], list(option["property"])
        self.struct, self.rows, self.record = option["struct"], list(option["row"]), option["record"]
        # What travels is named by its path from the call's message, which those add who read a part of it.
        self.is_envelope = self.full in (".kezek.v1.Request", ".kezek.v1.Response")
        self.path = (option["path"] or (snake(proto.name) if self.is_kept else "")).strip("-")
        self.shape, self.type = None, option["value"]
        if re.search(r"[({]", option["value"]):
            self.shape = Parser(option["value"]).whole()
            self.type = self.shape.name
        elif option["value"].startswith("["):
            self.shape = Leaf(next(field.name for field in proto.field if field.label == Proto.LABEL_REPEATED), False)
        self.oneofs = [Oneof(self, index, oneof) for index, oneof in enumerate(proto.oneof_decl)]
        self.fields = {field.name: Field(self, field) for field in proto.field}

    def init(self):
        return self.c_lower + "__init"

    def has(self, name):
        return name in self.fields or any(one.name == name for one in self.oneofs)

    def member(self, name):
        """A field or a oneof by its name."""
        if not self.has(name):
            sys.exit(f"{self.full} has no field {name}")
        return self.fields.get(name) or next(one for one in self.oneofs if one.name == name)


class Oneof:
    def __init__(self, message, index, proto):
        self.message, self.index, self.name = message, index, proto.name
        option = message.told.options(proto.options, "enum", "none", "partial")
        self.type = option["enum"]
        self.partial = option["partial"].split()
        none = option["none"] or ("unknownValue" if message.is_kept else "missing") + f"({self.name})"
        self.none = re.sub(r"\((\w+)\)", r'("\1")', none)
        self.function = message.function + self.name[0].upper() + camel(self.name)[1:]

    def fields(self):
        return [field for field in self.message.fields.values() if field.oneof is self]


class Field:
    def __init__(self, message, proto):
        self.message, self.proto, self.name = message, proto, proto.name
        self.oneof = message.oneofs[proto.oneof_index] if proto.HasField("oneof_index") else None
        self.many = proto.label == Proto.LABEL_REPEATED
        option = message.told.options(proto.options, "is", "most", "case")
        self.most, self.case = option["most"], option["case"]
        self.kind, _, self.argument = option["is"].partition(" ")

    @property
    def type(self):
        """The message that it holds; None for another."""
        return self.message.told.messages.get(self.proto.type_name)

    def kind_of(self):
        """What it holds, by its option or by its type and name."""
        if self.kind:
            return self.kind
        kind = self.proto.type
        if kind == Proto.TYPE_MESSAGE:
            return self.type.kind
        if kind == Proto.TYPE_STRING:
            asked = self.message.names[0].endswith("Request") and not self.message.outer
            return TEXT_NAMES.get(self.name, "name" if asked else "text")
        if kind in (Proto.TYPE_SINT32, Proto.TYPE_INT32) and DAYS.fullmatch(self.name):
            return "date"
        if kind == Proto.TYPE_UINT32 and SECONDS.fullmatch(self.name):
            return "time"
        return {Proto.TYPE_ENUM: "choice", Proto.TYPE_BOOL: "bool", Proto.TYPE_BYTES: "bookingSecret"}.get(kind, "plain")

    def template(self):
        kind = self.kind_of()
        found = KINDS.get(kind) or (f"try {kind}({{f}}, {{p}})", f"try self.{kind}({{v}})")
        return found + (None,) * (3 - len(found))

    def enum(self):
        """Its enum's name in C."""
        package, names = re.fullmatch(r"\.((?:[a-z]\w*\.)+)(.+)", self.proto.type_name).groups()
        return "__".join([part.capitalize() for part in package.rstrip(".").split(".")] + names.split("."))

    def chosen(self):
        """The constant that says so in its oneof."""
        return f"{self.message.c_lower}__{self.oneof.name}_{self.name}".upper()

    def absent(self, place):
        """Whether it is not there, in the message in C."""
        c = f"{place}.{self.name}"
        if self.oneof:
            return f"{place}.{self.oneof.name}_case != {self.chosen()}"
        if self.many:
            return f"{place}.n_{self.name} == 0"
        kind = self.proto.type
        if kind == Proto.TYPE_MESSAGE:
            return f"{c} == nil"
        if kind in (Proto.TYPE_STRING, Proto.TYPE_BYTES):
            return f"{c}.len == 0"
        return f"{c}.rawValue == 0" if kind == Proto.TYPE_ENUM else f"{c} == 0"


class Declared:
    def __init__(self, data):
        self.set, self.pool = declared.read(data)
        self.messages = {}
        for file in self.set.file:
            if file.package not in ("kezek", "google.protobuf"):
                for proto in file.message_type:
                    self.add(file, proto, None)
        self.sealing = {}

    def add(self, file, proto, outer):
        message = Message(self, file, proto, outer)
        self.messages[message.full] = message
        for inner in proto.nested_type:
            self.add(file, inner, message)

    def options(self, options, *names):
        """The values of Kezek's options that these options can have."""
        return {name: options.Extensions[self.pool.FindExtensionByName(f"kezek.{name}")] for name in names}

    def has_words(self, message):
        """Whether words about people are in it, which are sealed on the way."""
        if message.full not in self.sealing:
            self.sealing[message.full] = False
            inner = (field.type for field in message.fields.values() if field.type)
            self.sealing[message.full] = message.is_kept and (
                any(name.startswith("sealed_") for name in message.fields) or any(map(self.has_words, inner)))
        return self.sealing[message.full]
