package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The rule by which a saved file gets its name.
///
/// The name of a file never leaves its folder, whatever the rule: it is a single path component.
public struct FileName: Sendable, Hashable {
    private enum Rule: Sendable, Hashable {
        case generated
        case server
        case given(String)
    }

    private let rule: Rule

    /// A name of the endpoint, the id, the index of the output and an extension, such as `example.video-42-0.mp4`.
    ///
    /// It is the same for each download of the same output, and different for different outputs. In an id with other
    /// characters than `a-z`, `0-9`, `.`, `_` and `-`, those outside ASCII and separators are replaced, and a hash of
    /// the id follows.
    public static let generated = Self(rule: .generated)

    /// The name that the server suggests: the one of the `Content-Disposition` header, or else the last path segment of
    /// the link. It is reduced to a harmless one. Without a usable suggestion, it is the ``generated`` one.
    public static let fromServer = Self(rule: .server)

    /// The name that the caller has chosen, with its extension.
    ///
    /// Saving throws `FetchError` with the code `fileNotWritten` if the name isn't a plain one: if it is empty, has more
    /// than 200 bytes of UTF-8, begins with a dot, ends with a dot or a space, is the name of a device such as `NUL`,
    /// or contains a separator, a control character or one of `:*?"<>|`.
    ///
    /// - Parameter text: The name, such as `face.mp4`.
    /// - Returns: The rule. It throws nothing itself.
    public static func named(_ text: String) -> Self { Self(rule: .given(text)) }

    /// Returns the name of a file.
    ///
    /// - Parameters:
    ///   - generated: The name that doesn't depend on the server.
    ///   - fileExtension: The extension that the content, the declared media type or the link tells.
    ///   - headers: The header fields of the response.
    ///   - link: The URL of the file, `nil` for an output without one.
    /// - Returns: A plain name.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the name that the caller has chosen isn't a plain one.
    package func plainName(
        generated: GeneratedFileName,
        extension fileExtension: FileExtension,
        headers: HeaderFields = [:],
        link: URL? = nil
    ) throws(FetchError) -> PlainFileName {
        switch rule {
        case .generated: generated.name(extension: fileExtension.text)
        case .given(let text): try PlainFileName(checking: text)
        case .server:
            ServerFileName.suggested(by: headers, link: link).map { fileExtension.completing($0) }
                ?? generated.name(extension: fileExtension.text)
        }
    }
}
