import FetchCore

extension FetchError {
    /// The error of a download, with the settings of downloads in its remedy in place of those of a client or request.
    var withSettingsOfDownloads: Self {
        var error = self
        if code == .responseTooLarge {
            error.remedy = "Raise maximumBytes of Downloads.Configuration if such files are expected."
        } else if remedy == AddressPolicy.refusalRemedy {
            error.remedy = "If the host is trusted, allow it in addresses of Downloads.Configuration."
        }
        return error
    }
}
