// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How many files and connections this process may have open.
public enum OpenFiles {
    /// Kept free for what the server opens besides connections: the journal and what SQLite keeps
    /// beside it, certificates and lists that are read anew, event loops, metrics.
    public static let reserve = 64

    /// The limit that holds now.
    public static var limit: Int {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }

    /// Raises the limit to the highest that the process may give itself, and tells it.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else {
            return self.limit
        }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
        return self.limit
    }

    /// Files that are open, the one through which they are counted left out; nil if it cannot be told.
    static var count: Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Its own descriptor, "." and ".." are listed too.
        return max(0, count - 3)
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
}
