// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekServer
import KezekVisitFiles
import Texts

/// What is wrong, in words, whatever kind of error says so: one of this program's, or of a library.
enum ErrorWords {
    static func words(of error: any Error) -> Phrase {
        switch error {
        case let failure as CommandFailure: "\(failure.text)"
        case let failure as StoreFailure: failure.words
        case let fault as VisitFileFault: fault.words
        case let fault as TLSFiles.Fault: fault.words
        case let fault as FileFault: fault.phrase
        case let faults as FileFaults: faults.list.map(\.phrase).joined(separator: "\n")
        case let error as ClientError: "\(ClientErrorWords(error).text)"
        case let refusal as Refusal: "\(refusal.message)"
        case let error as DecodingError: words(of: error)
        case let error as POSIXError: system(error.code.rawValue)
        case let error as CocoaError: words(of: error)
        default: Phrase(sentence: "\(error)")
        }
    }

    /// What the system says of a failure of this number.
    static func system(_ code: Int32) -> Phrase { .system(String(cString: strerror(code))) }

    /// Of a file that Foundation could not read or write.
    private static func words(of error: CocoaError) -> Phrase {
        let url = error.userInfo[NSURLErrorKey] as? URL
        let path = (error.userInfo[NSFilePathErrorKey] as? String) ?? url?.path
        let cause = error.userInfo[NSUnderlyingErrorKey] as? any Error
        let code = (cause as? POSIXError)?.code.rawValue ?? Int32(truncatingIfNeeded: usual(error))
        guard let path else { return system(code) }
        // What is read has the numbers below 512.
        return error.code.rawValue < CocoaError.Code.fileWriteUnknown.rawValue
            ? "\(CommandFailure.cannotRead(path).text)"
            : "\(CommandFailure.cannotWrite(path, code).text)"
    }

    /// The system's number for what Foundation has one of its own for.
    private static func usual(_ error: CocoaError) -> Int32 {
        switch error.code {
        case .fileNoSuchFile, .fileReadNoSuchFile: ENOENT
        case .fileReadNoPermission, .fileWriteNoPermission: EACCES
        case .fileWriteOutOfSpace: ENOSPC
        case .fileWriteVolumeReadOnly: EROFS
        case .fileWriteFileExists: EEXIST
        default: EIO
        }
    }

    /// Where JSON is not what was expected: the field, and what is wrong with it.
    private static func words(of error: DecodingError) -> Phrase { JSONFault(error).words }
}
