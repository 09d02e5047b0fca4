// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the system says of this process.
enum ProcessFigures {
    /// By the names that Prometheus' own clients give them; what cannot be read is left out.
    static func families(started: Double) -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let bytes = residentBytes {
            families.append(
                MetricFamily(
                    "process_resident_memory_bytes", .gauge, "Memory that is in use.", bytes))
        }
        if let open = OpenFiles.count {
            families.append(
                MetricFamily(
                    "process_open_fds", .gauge, "Files and connections that are open.", open))
        }
        families.append(
            MetricFamily(
                "process_max_fds", .gauge, "Files and connections that may be open.",
                OpenFiles.limit))
        families.append(
            MetricFamily(
                "process_cpu_seconds_total", .counter, "Processor time that was used.",
                samples: [.init(processorSeconds)]))
        families.append(
            MetricFamily(
                "process_start_time_seconds", .gauge,
                "When the server started, in seconds since 1970.", samples: [.init(started)]))
        return families
    }

    private static var residentBytes: UInt64? {
        let pages = line(of: "/proc/self/statm")?.split(separator: " ").dropFirst().first
            .flatMap { UInt64($0) }
        return pages.map { $0 * UInt64(sysconf(Int32(_SC_PAGESIZE))) }
    }

    /// Bytes that this process may use: what its group may (cgroup 2), or the whole machine; nil where
    /// neither is told.
    static var memoryLimit: UInt64? {
        let machine =
            UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES))))
            * UInt64(sysconf(Int32(_SC_PAGESIZE)))
        let group = line(of: "/proc/self/cgroup").flatMap { line -> UInt64? in
            guard line.hasPrefix("0::/") else { return nil }
            return self.line(of: "/sys/fs/cgroup" + line.dropFirst(3) + "/memory.max")
                .flatMap { UInt64($0) }
        }
        return [machine, group ?? 0].filter { $0 > 0 }.min()
    }

    /// The first line of a file of the kernel's.
    private static func line(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4_096)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
