namespace Decnet.Fleet.Operations;

using System.Globalization;

/// <summary>
/// How many deckies of a fleet may change their services at the same time: a LAN on which many hosts change at once is no
/// LAN of real hosts. Always at least one.
/// </summary>
public readonly record struct ExposureBudget
{
    readonly int count;
    readonly int oneIn;

    ExposureBudget(int count, int oneIn)
    {
        this.count = count;
        this.oneIn = oneIn;
    }

    /// <summary>One in five.</summary>
    public static ExposureBudget Default { get; } = OneIn(5);

    /// <summary>A share of the fleet.</summary>
    /// <param name="deckies">One in so many, at least 1.</param>
    /// <returns>The budget.</returns>
    public static ExposureBudget OneIn(int deckies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deckies, 1);
        return new ExposureBudget(0, deckies);
    }

    /// <summary>A number of deckies, however large the fleet is.</summary>
    /// <param name="deckies">The number, at least 1.</param>
    /// <returns>The budget.</returns>
    public static ExposureBudget OfCount(int deckies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(deckies, 1);
        return new ExposureBudget(deckies, 0);
    }

    /// <summary>How many deckies may change at the same time.</summary>
    /// <param name="fleetSize">How many deckies the fleet has.</param>
    /// <returns>The number, at least 1.</returns>
    public int For(int fleetSize) => count > 0 ? count : Math.Max(1, fleetSize / (oneIn == 0 ? 5 : oneIn));

    /// <summary>The budget for people.</summary>
    /// <returns>Such as <c>1 in 5</c>, or <c>3</c>.</returns>
    public override string ToString() =>
        count > 0
            ? count.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"1 in {(oneIn == 0 ? 5 : oneIn)}");
}
