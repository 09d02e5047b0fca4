// SPDX-License-Identifier: Apache-2.0

/// Numbers of one name, as Prometheus has them: what they are, and one for each set of labels.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        /// Only grows, until the server starts anew.
        case counter
        case gauge
        case histogram
    }

    /// One number.
    public struct Sample: Hashable, Sendable {
        /// A label's name and value.
        public struct Label: Hashable, Sendable {
            public let name: String
            public let value: String

            public init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        /// What follows the family's name, such as `_bucket`; empty but for histograms.
        public let suffix: String
        public let labels: [Label]
        public let value: Double

        public init(_ value: Double, suffix: String = "", labels: [Label] = []) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    /// By Prometheus' conventions: `kezek_`, what it is, its unit, `_total` for a counter.
    public let name: String
    /// A sentence that says what the numbers are.
    public let help: String
    public let kind: Kind
    public var samples: [Sample]

    public init(_ name: String, _ kind: Kind, _ help: String, samples: [Sample] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// A family of one number without labels.
    public init(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        self.init(name, kind, help, samples: [Sample(Double(value))])
    }

    /// Adds a number with one label.
    public mutating func add(_ label: String, _ value: String, _ number: Double) {
        samples.append(Sample(number, labels: [Sample.Label(label, value)]))
    }

    /// Adds a histogram's numbers.
    ///
    /// `buckets` has rising bounds, each with how many values are not above it; `count` how many there
    /// are in all, and `sum` what they come to.
    public mutating func addHistogram(
        labels: [Sample.Label] = [], buckets: [(bound: Double, count: UInt64)], count: UInt64,
        sum: Double
    ) {
        for bucket in buckets {
            let bound = Sample.Label("le", MetricsText.number(bucket.bound))
            samples.append(
                Sample(Double(bucket.count), suffix: "_bucket", labels: labels + [bound]))
        }
        let all = Sample.Label("le", "+Inf")
        samples.append(Sample(Double(count), suffix: "_bucket", labels: labels + [all]))
        samples.append(Sample(sum, suffix: "_sum", labels: labels))
        samples.append(Sample(Double(count), suffix: "_count", labels: labels))
    }
}
