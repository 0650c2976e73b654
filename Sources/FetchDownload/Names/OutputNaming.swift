package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The facts from which an output gets its name.
package struct OutputNaming: Sendable {
    package let rule: FileName
    /// The name that doesn't depend on the server.
    package let generatedName: GeneratedFileName
    /// The declared media type. `nil` if there is none.
    package let mediaType: String?
    /// The place among the outputs that are saved together. `nil` if the output is the only one.
    package let place: OutputPlace?
    /// Returns true if a string contains the provider's key. `nil` if no key is known.
    package let containsKey: (@Sendable (String) -> Bool)?

    package init(
        _ rule: FileName,
        generatedName: GeneratedFileName,
        mediaType: String?,
        place: OutputPlace? = nil,
        containsKey: (@Sendable (String) -> Bool)? = nil
    ) {
        self.rule = rule
        self.generatedName = generatedName
        self.mediaType = mediaType
        self.place = place
        self.containsKey = containsKey
    }

    /// Returns the name of the file.
    ///
    /// - Parameters:
    ///   - format: The format that the content shows. `nil` if it isn't known, or not yet.
    ///   - headers: The header fields of the response, without those that contain a key. Defaults to none.
    ///   - link: The URL of the file. Defaults to none.
    /// - Returns: A plain name, which isn't that of another output of the job.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the caller's own name isn't a plain one.
    package func name(
        format: FileFormat?,
        headers: HeaderFields = [:],
        link: URL? = nil
    ) throws(FetchError) -> PlainFileName {
        try rule.plainName(
            generated: generatedName,
            extension: FileExtension(format: format, mediaType: mediaType ?? headers["Content-Type"], link: link),
            suggested: suggestion(headers, link),
            place: place
        )
    }

    /// Returns the name that the server suggests, unless it contains the key. Header fields with the key aren't passed.
    ///
    /// A name is shorter than what it is made from, so a key may be recognisable only in the link as it is written, or
    /// only in the name.
    private func suggestion(_ headers: HeaderFields, _ link: URL?) -> PlainFileName? {
        guard let containsKey else { return ServerFileName.suggested(by: headers, link: link) }
        let harmlessLink = link.flatMap { containsKey($0.path(percentEncoded: true)) ? nil : $0 }
        let name = ServerFileName.suggested(by: headers, link: harmlessLink)
        return name.flatMap { containsKey($0.text) ? nil : $0 }
    }
}
