from tests.ui.api.conftest import Api, JsonObject

LORRY = "I drove a lorry for seven years in Syria"


def told(api: Api) -> str:
    """A conversation in which the work has been confirmed."""
    secret = str(api.begin(language="en")["id"])
    *_, answer = api.say(secret, message=LORRY)
    choice = next(c["id"] for c in answer["choices"] if c["id"].startswith("concept:"))
    api.say(secret, choice=choice)
    return secret


def held(api: Api, secret: str) -> JsonObject:
    return dict(api.http.get(f"/conversations/{secret}/data").json())


def experiences(data: JsonObject) -> list[JsonObject]:
    return [item for item in data["items"] if item["kind"] == "experience"]


def test_all_that_is_held_is_shown_with_where_it_came_from(real: Api):
    data = held(real, told(real))
    (lorry,) = experiences(data)
    assert (lorry["value"]["years"], lorry["value"]["country"]) == (7, "SY")
    assert (lorry["origin"]["number"], lorry["is_editable"]) == (1, True)
    assert data["messages"][0]["text"] == LORRY


def test_an_item_is_changed_and_struck(real: Api):
    secret = told(real)
    (lorry,) = experiences(held(real, secret))
    address = f"/conversations/{secret}/data/{lorry['id']}"
    changed = real.http.patch(address, json={"years": 3}).json()
    (edited,) = experiences(changed)
    assert (edited["value"]["years"], edited["origin"]["how"]) == (3, "edited")
    assert real.http.delete(address).status_code == 204
    assert experiences(held(real, secret)) == []
    again = real.http.delete(address)
    assert (again.status_code, again.json()["reason"]) == (404, "no_item")


def test_a_change_that_makes_no_sense_is_refused_with_the_reason(real: Api):
    secret = told(real)
    (lorry,) = experiences(held(real, secret))
    address = f"/conversations/{secret}/data/{lorry['id']}"
    refused = real.http.patch(address, json={"years": -3}).json()
    assert refused["reason"] == "change_refused"
    assert "years" in refused["fields"][0]["problem"]
    assert real.http.patch(address, json=[]).json()["reason"] == "invalid"
    assert experiences(held(real, secret)) == [lorry]


def test_a_message_is_cut_out_everywhere(real: Api):
    secret = told(real)
    message = held(real, secret)["messages"][0]["message_id"]
    assert real.http.delete(f"/conversations/{secret}/messages/{message}").status_code == 204
    assert LORRY not in real.http.get(f"/conversations/{secret}").text
    assert LORRY not in real.http.get(f"/conversations/{secret}/data").text
