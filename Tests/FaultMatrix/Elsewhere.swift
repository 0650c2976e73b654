import FetchTesting
import Foundation

/// Another origin, where no request may arrive.
enum Elsewhere {
    static let script = LoopbackScript([.done])
    private static let server = try? LoopbackServer(playing: script)

    static let url = server?.url.absoluteString.appending("/") ?? ""
}
