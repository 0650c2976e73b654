extension String {
    /// A media type in lowercase and without its parameters: `image/png` for `Image/PNG; name=a`.
    var mediaTypeEssence: String { prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased() }
}
