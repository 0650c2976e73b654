package import FetchCore

/// A file name that doesn't depend on the server: endpoint, id and index.
///
/// Two names are equal, on each file system, only if endpoint, id and index are. An endpoint or id that isn't in the
/// name as it is adds a hash of its bytes, after a tilde, which no other part contains.
package struct GeneratedFileName: Sendable, Hashable {
    private let stem: String

    /// Creates the name of an output of a job.
    ///
    /// - Parameters:
    ///   - job: The job. Its id may consist of any bytes.
    ///   - index: The position of the output among those of the job, from zero.
    package init(job: JobReference, index: Int) {
        let endpoint = job.endpoint.rawValue
        let shownEndpoint = Self.shown(endpoint, maxLength: 80)
        let shownID = Self.shown(job.id, maxLength: 64)
        // The first hyphen ends the endpoint's name, so a name with one is ambiguous.
        let isExact =
            shownEndpoint == endpoint && !endpoint.utf8.contains(UInt8(ascii: "-")) && shownID == job.id
            && !job.id.utf8.contains(where: ASCII.isUppercaseLetter)
        let hash = isExact ? "" : "~\(StableHash(of: "\(endpoint):\(job.id)"))"
        stem = "\(shownEndpoint)-\(shownID)\(hash)-\(index)"
    }

    /// Creates the name of an output whose job isn't known.
    ///
    /// - Parameters:
    ///   - source: A string that is the same for each download of the output, such as its link without the query. Only
    ///     its hash becomes part of the name.
    ///   - index: The position of the output among those that are saved together, from zero.
    package init(source: String, index: Int) {
        stem = "output~\(StableHash(of: source))-\(index)"
    }

    /// Returns the name with an extension.
    ///
    /// - Parameter fileExtension: The extension without a dot. Empty for none.
    /// - Returns: A plain name.
    package func name(extension fileExtension: String) -> PlainFileName {
        let text = fileExtension.isEmpty ? stem : "\(stem).\(fileExtension)"
        guard let name = PlainFileName(reducing: text) else {
            preconditionFailure("A generated name has an index, and isn't empty.")
        }
        return name
    }

    /// Returns the string with each other character than letters, digits, dots, hyphens and underscores of ASCII
    /// replaced by an underscore, once for several in a row.
    private static func shown(_ text: String, maxLength: Int) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            guard result.count < maxLength else { break }
            let isShown = ASCII.isLetterOrDigit(byte) || "._-".utf8.contains(byte)
            if isShown {
                result.append(byte)
            } else if result.last != UInt8(ascii: "_") {
                result.append(UInt8(ascii: "_"))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
