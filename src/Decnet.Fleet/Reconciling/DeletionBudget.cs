namespace Decnet.Fleet.Reconciling;

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

/// <summary>
/// How many rows one pass may delete. A pass over its budget deletes none of them and lists them all, since a mass deletion
/// is more often a mistake than a wish.
/// </summary>
public readonly record struct DeletionBudget : IParsable<DeletionBudget>
{
    /// <summary>No limit.</summary>
    public static readonly DeletionBudget Unlimited;

    readonly int count;
    readonly double share;
    readonly Kind kind;

    DeletionBudget(Kind kind, int count, double share)
    {
        this.kind = kind;
        this.count = count;
        this.share = share;
    }

    enum Kind
    {
        Unlimited,
        Count,
        Share,
    }

    /// <summary>At most so many rows.</summary>
    /// <param name="count">The number, 0 or more; 0 forbids deletion.</param>
    /// <returns>The budget.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static DeletionBudget OfCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new DeletionBudget(Kind.Count, count, 0);
    }

    /// <summary>At most so large a share of the host's rows.</summary>
    /// <param name="share">The share, 0 to 1: 0.2 is a fifth.</param>
    /// <returns>The budget.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not within 0 and 1.</exception>
    public static DeletionBudget OfShare(double share)
    {
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is a number from 0 to 1.");
        }

        return new DeletionBudget(Kind.Share, 0, share);
    }

    /// <summary>Whether a number of deletions is within the budget.</summary>
    /// <param name="deletions">How many rows would go.</param>
    /// <param name="rows">How many rows the host has.</param>
    /// <returns>True when they may go.</returns>
    public bool Allows(int deletions, int rows) => deletions == 0 || kind switch
    {
        Kind.Count => deletions <= count,
        Kind.Share => deletions <= share * rows,
        _ => true,
    };

    /// <summary>Reads a budget: <c>5</c>, <c>20%</c> or <c>unlimited</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The budget.</returns>
    /// <exception cref="FormatException">The text is no budget.</exception>
    public static DeletionBudget Parse(string text) =>
        TryParse(text, out var budget)
            ? budget
            : throw new FormatException($"'{text}' is not a deletion budget: write a number such as 5, a share such as 20%, or 'unlimited'.");

    /// <summary>Reads a budget if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="budget">The budget.</param>
    /// <returns>True when it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeletionBudget budget)
    {
        budget = Unlimited;
        if (text == "unlimited")
        {
            return true;
        }

        if (text is ['0' or '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', .., '%']
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent <= 100)
        {
            budget = OfShare(percent / 100);
            return true;
        }

        var isCount = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        budget = isCount ? OfCount(number) : Unlimited;
        return isCount;
    }

    /// <summary>The budget as text that <see cref="Parse"/> reads.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => kind switch
    {
        Kind.Count => count.ToString(CultureInfo.InvariantCulture),
        Kind.Share => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + "%",
        _ => "unlimited",
    };

    static DeletionBudget IParsable<DeletionBudget>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<DeletionBudget>.TryParse(string? s, IFormatProvider? provider, out DeletionBudget result) => TryParse(s, out result);
}
