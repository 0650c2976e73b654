#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension LinkContext {
    /// Creates the context of a response whose links live for some time, as far as that is known.
    init(_ response: FetchResponse, lifetime: Duration?) {
        self.init(responseURL: response.url)
        guard let lifetime, let date = response.receivedAt else { return }
        expiryDate = date.addingTimeInterval(lifetime.clamped(to: .zero ... .hundredYears).seconds)
    }
}
