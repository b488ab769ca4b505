namespace Decnet.Fleet.Reconciling;

using Decnet.Fleet.Model;

/// <summary>A plan was not applied, because what it was made from has changed since. Nothing was changed.</summary>
public sealed class PlanStaleException : DecnetException
{
    /// <summary>Makes the error.</summary>
    /// <param name="expected">The fingerprint of the plan.</param>
    /// <param name="actual">The fingerprint of what is there now.</param>
    public PlanStaleException(string expected, string actual)
        : base("The plan is out of date: the fleet, its rows or its containers changed after it was made. Nothing was changed; make a new plan.")
    {
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The fingerprint of the plan.</summary>
    public string Expected { get; }

    /// <summary>The fingerprint of what is there now.</summary>
    public string Actual { get; }
}
