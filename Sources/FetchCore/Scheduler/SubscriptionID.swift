import FetchDataStructures

/// The name of a subscription.
struct SubscriptionID: Sendable, Hashable {
    let job: SlotKey
    let number: UInt32
}
