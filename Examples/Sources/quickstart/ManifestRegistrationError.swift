/// An error of a manifest that can't be registered. The command line is valid, so the usage isn't printed.
struct ManifestRegistrationError: Error {
    let message: String
}
