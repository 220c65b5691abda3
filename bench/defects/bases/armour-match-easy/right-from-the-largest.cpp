// Right: the largest thing for the most demanding person whom it fits.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    scanf("%d %d", &n, &m);
    vector<int> a(n), b(m);
    for (int &x : a) scanf("%d", &x);
    for (int &x : b) scanf("%d", &x);
    sort(a.rbegin(), a.rend());
    int j = m - 1, matched = 0;
    for (int need : a) {
        if (j < 0) break;
        if (b[j] >= need) matched++, j--;
    }
    printf("%d\n", matched);
}
