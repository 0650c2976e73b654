import FetchCore
import Foundation

/// What Lantern yields: a film, and its subtitles where it has words in it.
public struct Film: FetchOutput {
    /// Where the film can be downloaded, for a day.
    public var url: URL

    /// The subtitles, as WebVTT.
    public var subtitles: String?

    /// The film, then the subtitles.
    public var outputArtifacts: [Artifact] {
        [Artifact(link: url)] + (subtitles.map { [Artifact(.text($0), mediaType: "text/vtt")] } ?? [])
    }
}
