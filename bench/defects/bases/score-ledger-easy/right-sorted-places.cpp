// Right: sorts the places of the ledger; the place decides last.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    scanf("%d %d", &n, &k);
    vector<array<int, 3>> keys(n);
    vector<array<char, 16>> names(n);
    for (int i = 0; i < n; i++) {
        scanf("%15s %d %d", names[i].data(), &keys[i][0], &keys[i][1]);
        keys[i][0] *= -1;
        keys[i][2] = i;
    }
    sort(keys.begin(), keys.end());
    for (int i = 0; i < k; i++) puts(names[keys[i][2]].data());
}
