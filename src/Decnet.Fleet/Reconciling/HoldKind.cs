namespace Decnet.Fleet.Reconciling;

using System.Text.Json.Serialization;
using Decnet.Fleet.Model.Json;

/// <summary>Why something that a pass would do is not done.</summary>
[JsonConverter(typeof(TokenConverter<HoldKind>))]
public enum HoldKind
{
    /// <summary>The fleet file is missing: nothing is deleted, inserted or repaired.</summary>
    DesiredMissing,

    /// <summary>The fleet file is unreadable: nothing is deleted, inserted or repaired.</summary>
    DesiredCorrupt,

    /// <summary>The container runtime cannot be asked: no state changes, no repairs.</summary>
    RuntimeUnreachable,

    /// <summary>There is more to delete than the budget allows: nothing is deleted.</summary>
    DeletionBudget,

    /// <summary>An operation on the decky is under way: the decky is left alone.</summary>
    OpenOperation,

    /// <summary>Repairing the decky failed, and the next attempt is not due.</summary>
    RepairBackoff,

    /// <summary>Somebody else works on the containers of the fleet, or the lock that would tell cannot be used: no container is touched.</summary>
    WorkUnderway,

    /// <summary>Somebody suspended the decky or the whole host: it is not repaired, and no stray of it is removed.</summary>
    Suspended,

    /// <summary>The decky cannot be turned into containers: it is left alone.</summary>
    InvalidDecky,
}
