namespace Celadon.Lenses.Carbon.Inventory;

/// <summary>Facts of documents that turn an amount into what a factor multiplies.</summary>
internal static class FactNames
{
    /// <summary>"39.5 MJ/m3 gross".</summary>
    public const string CalorificValue = "calorificValue";

    /// <summary>"1.02264": metered volume to the conditions of the calorific value.</summary>
    public const string VolumeCorrection = "volumeCorrection";

    /// <summary>"0.835 kg/L".</summary>
    public const string Density = "density";

    /// <summary>"80 km".</summary>
    public const string Distance = "distance";

    /// <summary>"fossil" or "biogenic": where escaped methane comes from.</summary>
    public const string Carbon = "carbon";

    /// <summary>The kind of the unit that burns a fuel, from its register.</summary>
    public const string UnitKind = "unit-kind";

    /// <summary>"on-purchase": what is bought counts as burned.</summary>
    public const string Burned = "burned";

    /// <summary>The value of <see cref="Burned"/>.</summary>
    public const string OnPurchase = "on-purchase";

    /// <summary>"5 %": half width of the 95 % interval of the amount, as the document states it.</summary>
    public const string Uncertainty = "uncertainty";

    /// <summary>Id of the meter that measured the amount.</summary>
    public const string Meter = "meter";

    /// <summary>All that change a quantity.</summary>
    public static readonly string[] OfQuantity =
        [CalorificValue, VolumeCorrection, Density, Distance, Carbon];
}
