# Whose fault failures were: a stack a condition.
#
# $name: a condition, as the person wrote it. $failed, $scored, $n and the names of the parts: counts of
# conversations. $share: "34 %".

# The one sentence of the chart.
faults-nothing = Rien n’a encore été noté.
faults-none-failed = Aucun échec sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }.
faults-unjudged = Sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }, { $failed ->
        [one] { $failed } a échoué
       *[other] { $failed } ont échoué
    } ; personne n’a encore jugé à qui en revient la faute.
faults-judged = Sur { $failed ->
        [one] { $failed } échec
       *[other] { $failed } échecs
    } en { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }, l’agent en a causé { $agent }, le client { $user } et l’environnement { $environment } ; la notation est douteuse pour { $grader }, et le jugement manque pour { $unjudged }.
faults-judged-all = Sur { $failed ->
        [one] { $failed } échec
       *[other] { $failed } échecs
    } en { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }, l’agent en a causé { $agent }, le client { $user } et l’environnement { $environment } ; la notation est douteuse pour { $grader }.

# A condition and a part in words; $share is that of the scored conversations.
faults-row = { $name } : { $failed ->
        [one] { $failed } échec
       *[other] { $failed } échecs
    } sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } ({ $share }) ; client { $user }, agent { $agent }, environnement { $environment }, notation { $grader }, non jugés { $unjudged } ; conversations non notées : { $not-scored }.
faults-row-nothing = { $name } : rien de noté pour l’instant ; conversations non notées : { $not-scored }.
faults-part-user = { $name }, échecs causés par le client : { $n } sur { $failed } ({ $share } de { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }).
faults-part-agent = { $name }, échecs causés par l’agent : { $n } sur { $failed } ({ $share } de { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }).
faults-part-environment = { $name }, échecs causés par l’environnement : { $n } sur { $failed } ({ $share } de { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }).
faults-part-grader = { $name }, échecs à la notation douteuse : { $n } sur { $failed } ({ $share } de { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }).
faults-part-unjudged = { $name }, échecs non jugés : { $n } sur { $failed } ({ $share } de { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }).

# In the picture.
faults-user = Client
faults-agent = Agent
faults-environment = Environnement
faults-grader = Notation
faults-not-judged = Non jugé
faults-count = { $failed ->
        [one] { $failed } échec
       *[other] { $failed } échecs
    } sur { $scored }
faults-not-scored = { $n ->
        [one] { $n } non notée
       *[other] { $n } non notées
    }
faults-no-score = rien de noté pour l’instant
faults-caption = Part des conversations échouées parmi les conversations notées, selon à qui revient la faute ; les décomptes figurent sous chaque barre. Les conversations sans note sont comptées à part et n’entrent dans aucune barre.

# Columns of the table.
faults-column-failed = Conversations échouées
faults-column-share = Échecs (% des notées)
faults-column-user = Faute : client
faults-column-agent = Faute : agent
faults-column-environment = Faute : environnement
faults-column-grader = Faute : notation
faults-column-unjudged = Faute : non jugée
