// Right: the smallest need first, each with the smallest thing that fits and is left.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<int> a(n);
    multiset<int> things;
    for (int &x : a) cin >> x;
    for (int i = 0, x; i < m; i++) cin >> x, things.insert(x);
    sort(a.begin(), a.end());
    int matched = 0;
    for (int x : a) {
        auto thing = things.lower_bound(x);
        if (thing == things.end()) break;
        things.erase(thing);
        matched++;
    }
    cout << matched << "\n";
}
