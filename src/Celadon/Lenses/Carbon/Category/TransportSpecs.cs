using System.Collections.Immutable;

namespace Celadon.Lenses.Carbon;

/// <summary>3.4, 3.6, 3.7, 3.9: fuel burned and refrigerant lost on the way (formulas 4.1 to 4.5).</summary>
public sealed record FuelBased : LinesSpec<ActivityLine>;

/// <summary>3.4, 3.9: mass times distance (formula 4.6).</summary>
public sealed record DistanceBased : LinesSpec<DistanceLine>;

/// <summary>3.4, 3.9: emissions of one run shared out by tonne-kilometres (guidance, example 4.3).</summary>
public sealed record TransportAllocation : CategorySpec
{
    /// <summary>Emissions of the whole run: "31.5 kg CO2".</summary>
    public required Measure Emissions { get; init; }

    /// <summary>The shipments.</summary>
    public required ImmutableArray<ShipmentLine> Shipments { get; init; }
}

/// <summary>A shipment of a run.</summary>
public sealed record ShipmentLine : CategoryLine
{
    /// <summary>Its mass.</summary>
    public required Measure Goods { get; init; }

    /// <summary>
    /// Distance driven, or the shortest distance where that is the policy; one policy for all.
    /// </summary>
    public required Measure Distance { get; init; }
}

/// <summary>3.4, 3.9: a store's own energy, shared by the goods it holds (formula 4.8).</summary>
public sealed record DistributionSite : CategorySpec
{
    /// <summary>The stores.</summary>
    public required ImmutableArray<StoreFacility> Facilities { get; init; }
}

/// <summary>A store.</summary>
public sealed record StoreFacility
{
    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Fuel, electricity and refrigerant of the whole store.</summary>
    public required ImmutableArray<ActivityLine> Energy { get; init; }

    /// <summary>The reporter's goods: "100 m3".</summary>
    public required Measure OwnGoods { get; init; }

    /// <summary>All goods: "400 m3".</summary>
    public required Measure AllGoods { get; init; }
}

/// <summary>3.4, 3.9: goods times days times an average factor (formula 4.9).</summary>
public sealed record DistributionAverage : LinesSpec<StorageLine>;

/// <summary>Goods in store.</summary>
public sealed record StorageLine : CategoryLine
{
    /// <summary>"4000 m3", "20 pallet".</summary>
    public required Measure Goods { get; init; }

    /// <summary>Average days stored: "2 d".</summary>
    public required Measure Time { get; init; }

    /// <summary>"0.01 kg CO2e/m3/d".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.6: business travel by distance (formula 6.2), with hotel nights where wanted.</summary>
public sealed record TravelDistance : LinesSpec<TravelLine>
{
    /// <summary>Hotel nights; optional in the guidance.</summary>
    public ImmutableArray<ActivityLine> Stays { get; init; } = [];
}

/// <summary>People over a distance.</summary>
public sealed record TravelLine : CategoryLine
{
    /// <summary>"10 person".</summary>
    public required Measure Travellers { get; init; }

    /// <summary>People in one vehicle, for a factor per vehicle-km: "2 person/vehicle".</summary>
    public Measure? Occupancy { get; init; }

    /// <summary>Distance of one journey, return included where it was travelled.</summary>
    public required Measure Distance { get; init; }

    /// <summary>Number of such journeys; null for one.</summary>
    public Measure? Journeys { get; init; }

    /// <summary>"5 kg CO2e/pkm", "1 kg CO2e/vehicle-km".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.7: commuting from a survey (formula 7.1), with homeworking where wanted.</summary>
public sealed record CommutingDistance : LinesSpec<CommuteLine>
{
    /// <summary>Commuting weeks a year: "48".</summary>
    public required Measure WeeksPerYear { get; init; }

    /// <summary>Energy of working at home; optional in the guidance.</summary>
    public ImmutableArray<ActivityLine> Homeworking { get; init; } = [];
}

/// <summary>A commuter, or several with one habit.</summary>
public sealed record CommuteLine : CategoryLine
{
    /// <summary>"1 person".</summary>
    public required Measure Travellers { get; init; }

    /// <summary>People in one vehicle, for a factor per vehicle-km.</summary>
    public Measure? Occupancy { get; init; }

    /// <summary>Distance from home to work: "10 km".</summary>
    public required Measure OneWay { get; init; }

    /// <summary>Days a week: "5".</summary>
    public required Measure TimesPerWeek { get; init; }

    /// <summary>"0.1 kg CO2e/pkm".</summary>
    public required FactorReference Factor { get; init; }
}

/// <summary>3.7: commuting by national averages (formula 7.2).</summary>
public sealed record CommutingAverage : CategorySpec
{
    /// <summary>"10000 person".</summary>
    public required Measure Employees { get; init; }

    /// <summary>Working days a year: "235".</summary>
    public required Measure WorkingDays { get; init; }

    /// <summary>Modes of transport; their shares add up to 100 %.</summary>
    public required ImmutableArray<CommuteMode> Modes { get; init; }
}

/// <summary>A mode of transport.</summary>
public sealed record CommuteMode : CategoryLine
{
    /// <summary>Share of the employees: "50 %".</summary>
    public required Measure Share { get; init; }

    /// <summary>Distance from home to work.</summary>
    public required Measure OneWay { get; init; }

    /// <summary>People in one vehicle, for a factor per vehicle-km.</summary>
    public Measure? Occupancy { get; init; }

    /// <summary>"0.1 kg CO2e/pkm".</summary>
    public required FactorReference Factor { get; init; }
}
