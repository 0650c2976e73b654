#if !canImport(FoundationEssentials)
    public import Foundation

    // On Linux, only Foundation declares `CustomNSError`, so there FetchURLSession has the conformance.
    extension FetchError: CustomNSError {}
#endif

extension FetchError {
    /// The domain of the error as an `NSError`, which never changes: `FetchCore.FetchError`.
    public static var errorDomain: String { "FetchCore.FetchError" }

    /// The code of the error as an `NSError`: the ``Code/number`` of ``code``.
    public var errorCode: Int { code.number }

    /// The user info of the error as an `NSError`: the sentences for people, and ``description`` as the debug
    /// description.
    public var errorUserInfo: [String: Any] {
        // The values of Foundation's constants with similar names, which FoundationEssentials doesn't declare.
        var userInfo: [String: Any] = ["NSDebugDescription": description]
        userInfo["NSLocalizedDescription"] = errorDescription
        userInfo["NSLocalizedRecoverySuggestion"] = recoverySuggestion
        return userInfo
    }
}
