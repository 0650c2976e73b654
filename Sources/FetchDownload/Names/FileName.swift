package import FetchCore

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
    ///
    /// An artifact that is saved without its job has a name like `output~0123456789abcdef-0.mp4` with a hash of its
    /// link or its bytes. The parameters of a link's signature don't count, so it is the same for each signature; all
    /// others do. The hash isn't cryptographic. It doesn't determine a link, but shows if a guessed one is right.
    public static let generated = Self(rule: .generated)

    /// The name that the server suggests: the one of the `Content-Disposition` header, or else the last path segment of
    /// the link. It is reduced to a harmless one. Without a usable suggestion, it is the ``generated`` one, and so it
    /// is if the suggestion contains the provider's key.
    ///
    /// If several outputs of one job have the same name, each but one has a number, as in `face-2.png`. The order is
    /// that of the outputs if the name is in their links, and that of the responses if it is in their headers.
    public static let fromServer = Self(rule: .server)

    /// The name that the caller has chosen, with its extension.
    ///
    /// If a job has several outputs, the first one has this name, and the others have it with a number, in their order:
    /// `face.mp4`, `face-2.mp4`, `face-3.mp4`. The extension stays, whatever the content is.
    ///
    /// Saving throws `FetchError` with the code `fileNotWritten` if the name isn't a plain one: if it is empty, has
    /// more than 200 bytes of UTF-8, begins with a dot, a hyphen or a tilde, ends with a dot or a space, is the name of
    /// a device such as `NUL`, or contains a separator, a control character or one of `:*?"<>|`.
    ///
    /// - Parameter text: The name, such as `face.mp4`.
    /// - Returns: The rule. It throws nothing itself.
    public static func named(_ text: String) -> Self { Self(rule: .given(text)) }

    /// The media type of files with the extension that the caller has chosen. `nil` if it isn't a known one, or if the
    /// caller hasn't chosen the name.
    package var mediaType: String? {
        guard case .given(let text) = rule else { return nil }
        return FileExtension.format(of: text)?.mediaType
    }

    /// True if the caller has chosen the name, so that it depends on nothing that a server sends.
    var isGiven: Bool {
        if case .given = rule { true } else { false }
    }

    /// Returns the name of a file.
    ///
    /// - Parameters:
    ///   - generated: The name that doesn't depend on the server.
    ///   - makeExtension: The extension of the content, of the declared media type or of the link. A name that the
    ///     caller has chosen doesn't need it.
    ///   - suggestion: The name that the server suggests. `nil` if there is no usable one.
    ///   - place: The place of the output among those that are saved together. Defaults to `nil`: it is the only one.
    /// - Returns: A plain name.
    /// - Throws: `FetchError` with the code `fileNotWritten` if the name that the caller has chosen isn't a plain one.
    package func plainName(
        generated: GeneratedFileName,
        extension makeExtension: @autoclosure () -> FileExtension,
        suggested suggestion: @autoclosure () -> PlainFileName? = nil,
        place: OutputPlace? = nil
    ) throws(FetchError) -> PlainFileName {
        switch rule {
        case .generated: return generated.name(extension: makeExtension().text)
        case .given(let text):
            let name = try PlainFileName(checking: text)
            return place?.name(suggested: name) ?? name
        case .server:
            let fileExtension = makeExtension()
            guard let suggestion = suggestion() else {
                let name = generated.name(extension: fileExtension.text)
                return place?.name(suggested: name) ?? name
            }
            return place?.name(suggested: suggestion, completedBy: fileExtension.completing)
                ?? fileExtension.completing(suggestion)
        }
    }
}
