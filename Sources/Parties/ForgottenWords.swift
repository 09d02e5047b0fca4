// SPDX-License-Identifier: Apache-2.0

/// Words about a person that nobody can read any more.
public enum ForgottenWords {
    /// What is shown in their place.
    public static let mark = "—"
}
