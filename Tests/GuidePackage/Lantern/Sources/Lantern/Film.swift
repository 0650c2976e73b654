import FetchCore
import Foundation

/// A finished film and, if it has speech, its subtitles.
public struct Film: FetchOutput {
    /// The URL of the film.
    public var url: URL

    /// The subtitles as WebVTT, or `nil` if there are none.
    public var subtitles: String?

    /// The film, followed by the subtitles if there are any.
    public var outputArtifacts: [Artifact] {
        [Artifact(link: url)] + (subtitles.map { [Artifact(.text($0), mediaType: "text/vtt")] } ?? [])
    }
}
