/// A manifest that can't be registered. The command line itself is right, so its usage isn't shown.
struct UnusableManifest: Error {
    let message: String
}
